using SpexStream.Domain.Scenes;
using SpexStream.Tests.Pipeline;
using Xunit;

namespace SpexStream.Tests.Scenes;

public sealed class SceneTraceTests(StripFiles files) : IClassFixture<StripFiles>
{
    [Fact]
    public void A_scene_has_the_trace_of_its_announcement_or_one_that_is_the_same_everywhere()
    {
        var scene = files.Delivery(MadeImagery.SixBands, 1, 0).Scene with { TraceParent = null };
        var made = SceneTrace.Of(scene);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-00$", made);
        Assert.Equal(made, SceneTrace.Of(scene with { Priority = 9 }));
        Assert.NotEqual(made, SceneTrace.Of(scene with { Id = Domain.Identity.SceneId.Parse("another") }));
        const string Given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Assert.Equal(Given, SceneTrace.Of(scene with { TraceParent = Given }));
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", SceneTrace.IdOf(scene with { TraceParent = Given }));
    }
}
