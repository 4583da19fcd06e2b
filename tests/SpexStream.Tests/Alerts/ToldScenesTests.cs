using SpexStream.Domain.Identity;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class ToldScenesTests
{
    private readonly ToldScenes _told = new();

    [Fact]
    public void Of_each_revision_somebody_is_told_once()
    {
        Assert.True(TryTell("s1", 1));
        Assert.False(TryTell("s1", 1));
        Assert.True(TryTell("s1", 2));
        for (var scene = 0; scene < 10_000; scene++)
        {
            Assert.True(TryTell($"other-{scene}", 1));
        }

        // No more is remembered than there is room for.
        Assert.True(TryTell("s1", 1));
    }

    private bool TryTell(string scene, int revision) =>
        _told.TryTell(new(SceneId.Parse(scene), revision, Play.Day(0), [], null));
}
