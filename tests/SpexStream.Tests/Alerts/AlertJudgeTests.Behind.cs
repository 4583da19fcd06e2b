using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed partial class AlertJudgeTests
{
    [Fact]
    public async Task What_is_published_waits_until_it_is_judged()
    {
        _clock.Advance(TimeSpan.FromDays(1.5));
        await PublishAsync("s1", Measured(1, 10), Product());
        _judge.Look(SceneId.Parse("s1"));
        _clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(TimeSpan.FromSeconds(90), _judge.Behind);
        Assert.Equal(["raised"], await RoundAsync());
        Assert.Equal(TimeSpan.Zero, _judge.Behind);
    }

    [Fact]
    public async Task What_an_earlier_process_published_is_as_old_as_it_is()
    {
        _clock.Advance(TimeSpan.FromDays(1.5));
        Assert.Empty(await RoundAsync());
        await PublishAsync("s1", Measured(1, 10), Product());
        _clock.Advance(TimeSpan.FromMinutes(10));
        // Another takes the stream at the last moment: it is found, and not judged.
        await _journal.OpenWriterAsync(SceneId.OfStream("alerts-a"));
        Assert.IsType<StaleEpochException>(await _judge.TryRoundAsync(_stream, default));
        Assert.Equal((TimeSpan.FromMinutes(10), null), (_judge.Behind, _judge.Trouble));
        Assert.Equal(["raised"], await RoundAsync());
        Assert.Equal(TimeSpan.Zero, _judge.Behind);
    }

    [Fact]
    public async Task What_another_node_judged_first_waits_no_more()
    {
        _clock.Advance(TimeSpan.FromDays(1.5));
        Assert.Empty(await RoundAsync());
        await PublishAsync("s1", Measured(1, 10), Product());
        _judge.Look(SceneId.Parse("s1"));
        Assert.Null(await NewJudge().TryRoundAsync(new(_journal, _clock, default), default));
        Assert.IsType<StaleEpochException>(await _judge.TryRoundAsync(_stream, default));
        Assert.Null(await _judge.TryRoundAsync(_stream, default));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, _judge.Behind);
        Assert.Equal(["raised"], await ToldAsync());
    }

    [Fact]
    public async Task A_scene_that_no_rule_watches_and_one_that_has_no_product_wait_for_nothing()
    {
        await PublishAsync("s1", Product());
        _judge.Look(SceneId.Parse("s1"));
        _judge.Look(SceneId.Parse("none"));
        Assert.Empty(await RoundAsync());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, _judge.Behind);
    }

    [Fact]
    public void Of_more_than_a_backlog_holds_the_oldest_stays()
    {
        var backlog = new AlertBacklog(most: 2);
        for (var day = 1; day <= 5; day++)
        {
            backlog.Add(SceneId.Parse($"s{day}"), Play.Day(day));
        }

        Assert.Equal(Play.Day(1), backlog.Oldest);
        backlog.Remove(SceneId.Parse("s1"));
        Assert.Equal(Play.Day(2), backlog.Oldest);
        backlog.Add(SceneId.Parse("s2"), Play.Day(0));
        Assert.Equal(Play.Day(0), backlog.Oldest);
        backlog.Remove(SceneId.Parse("s2"));
        Assert.Null(backlog.Oldest);
    }
}
