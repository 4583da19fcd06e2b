using SpexStream.Daemon.Status;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Status;

public sealed class SceneBookTests : IClassFixture<StripFiles>
{
    private readonly SceneSpec _scene;
    private readonly SceneBook _book;
    private readonly News _news;

    public SceneBookTests(StripFiles files)
    {
        var clock = new ManualClock(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        (_news, _scene) = (new News(clock), files.Delivery(MadeImagery.SixBands, 1, 0).Scene);
        _book = new SceneBook(_news, clock);
    }

    [Fact]
    public async Task A_scene_at_work_shows_its_strips_and_tiles()
    {
        await _book.OpenedAsync(_scene);
        await _book.ProgressedAsync(_scene, new SceneProgressFacts(2, 4, 3, 8, 1000) { Revision = 2 });
        await _book.TileGivenUpAsync(_scene, "the disk broke");
        var line = Assert.Single(_book.Open(_ => true));
        Assert.Equal((2, 4, 3, 8, 2),
            (line.StripsReceived, line.StripsExpected, line.TilesDone, line.TilesKnown, line.Revision));
        Assert.Equal("a tile was given up: the disk broke", line.Trouble);
        Assert.Equal(SceneTrace.IdOf(_scene), line.Trace);
        Assert.Equal(["scene"], _news.Newest.Select(item => item.Kind));
    }

    [Fact]
    public async Task A_scene_that_this_process_has_no_more_is_forgotten()
    {
        await _book.OpenedAsync(_scene);
        Assert.Empty(_book.Open(_ => false));
        Assert.Empty(_book.Open(_ => true));
    }

    [Fact]
    public async Task A_scene_that_ended_badly_says_why_and_only_the_newest_are_kept()
    {
        await _book.OpenedAsync(_scene);
        for (var number = 0; number < 40; number++)
        {
            await _book.MissedAsync(_scene, $"strip {number} did not come");
        }

        Assert.Empty(_book.Open(_ => true));
        Assert.Equal(12, _book.Ended.Length);
        Assert.Equal(("missing-critical", "strip 39 did not come"), (_book.Ended[0].Phase, _book.Ended[0].Trouble));
    }
}
