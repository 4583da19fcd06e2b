using SpexStream.Daemon.Status;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Status;

public sealed class NewsTests
{
    private readonly News _news = new(new ManualClock(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void The_newest_items_are_kept_and_no_more()
    {
        for (var number = 1; number <= News.MostKept + 30; number++)
        {
            _news.Tell("scene", $"s{number}", "opened");
        }

        Assert.Equal(News.MostKept, _news.Newest.Length);
        Assert.Equal($"s{News.MostKept + 30}", _news.Newest[0].About);
    }

    [Fact]
    public void A_listener_that_does_not_keep_up_misses_the_oldest_and_holds_nobody_up()
    {
        var reader = _news.TryListen()!;
        for (var number = 1; number <= 10_000; number++)
        {
            _news.Tell("scene", $"s{number}", "opened");
        }

        var read = new List<string>();
        while (reader.TryRead(out var item))
        {
            read.Add(item!.About);
        }

        Assert.InRange(read.Count, 1, 64);
        Assert.Equal("s10000", read[^1]);
    }

    [Fact]
    public void Listeners_are_counted_and_a_place_is_free_again_when_one_leaves()
    {
        var readers = Enumerable.Range(0, News.MostListeners).Select(_ => _news.TryListen()!).ToArray();
        Assert.Null(_news.TryListen());
        _news.Leave(readers[3]);
        var late = _news.TryListen();
        Assert.NotNull(late);
        _news.Stir();
        Assert.True(late.TryRead(out var item) && item is null);
        Assert.False(readers[3].TryRead(out _));
    }
}
