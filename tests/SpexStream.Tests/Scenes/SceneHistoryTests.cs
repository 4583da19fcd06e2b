using SpexStream.Domain.Journal;
using SpexStream.Domain.Scenes;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.Tests.Scenes;

public sealed class SceneHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_strip_that_lies_elsewhere_now_changes_nothing_but_its_path()
    {
        var accepted = new SceneFact.StripAccepted(SampleFacts.Accepted().Strip with { RowOffset = 0 });
        var moved = new SceneFact.StripAccepted(accepted.Strip with { Path = "/data/in/other.tif" });
        var summarised = new SceneFact.StripSummarised(accepted.Strip.Key);
        var (before, after) = (Fold(accepted, summarised), Fold(accepted, summarised, moved));
        Assert.Equal("/data/in/other.tif", after.Strips[7].Path);
        Assert.Equal(before.State.Summarised, after.State.Summarised);
        Assert.Equal(before.State.Strips.Values, after.State.Strips.Values);

        // Also of a scene that waits for nothing any more: it does not open again for that.
        var closed = new SceneFact.SceneFailed("failed", "It broke.", []);
        Assert.Empty(Fold(accepted, closed, moved).State.Later);
        Assert.Equal(ScenePhase.Failed, Fold(accepted, closed, moved).State.Phase);
    }

    private static SceneHistory Fold(params SceneFact[] facts) => SceneHistory.Of(
        facts.Prepend(SampleFacts.Opened()).Select((fact, i) => new RecordedFact(i + 1, 1, Noon, fact)),
        (scene, terms) => new(
            scene.Width, scene.Height, scene.StripCount, terms.TileSize, terms.Halo, terms.PassCount,
            terms.GatherTimeout,
            scene.RowsAreAbsolute))!;
}
