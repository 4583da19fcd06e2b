using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>Areas that come and go.</summary>
public sealed partial class AlertJudgeTests
{
    [Fact]
    public async Task Areas_with_ids_of_the_day_do_not_add_up()
    {
        for (var day = 1; day <= 40; day++)
        {
            await SeeInAsync($"camp-{day}", day, 0);
            Assert.InRange(_stream.Book.States.Count, 1, 7);
        }

        await RestartAsync();
        await RoundAsync();
        Assert.Equal(7, _stream.Book.States.Count);
        await ForgetOutboxAsync();
        var mover = new AlertStream(_journal, _clock, default, bytesBeforeMove: 0);
        await mover.OpenAsync();
        await mover.WriteAsync([.. Enumerable.Repeat(new SceneFact.RuleUsed(_rules.Rules[0]), 100)], []);
        await mover.TidyAsync();
        Assert.NotNull(await _journal.FindAsync(SceneId.OfStream("alerts-b")));
        await RoundAsync();
        Assert.Equal(7, _stream.Book.States.Count);
    }

    [Fact]
    public async Task An_open_alert_of_an_area_that_is_gone_is_cancelled_before_the_area_is_forgotten()
    {
        await SeeInAsync("camp-1", 1, 10);
        await SeeInAsync("camp-1", 2, 10);
        Assert.Equal(["cancelled"], await ReadAreaAsync("camp-2", day: 20));
        Assert.Empty(_stream.Book.States);
        Assert.Equal(0, (await SentAsync())[^1].Payload.Length);
        Assert.Empty(await RoundAsync("camp-1-2"));
    }

    [Fact]
    public async Task What_is_open_is_not_forgotten_however_old_it_is()
    {
        await SeeInAsync("camp-1", 1, 10);
        Assert.Empty(AlertDesk.Dropped(_stream.Book, OnlyIn("camp-2"), Play.Day(100)));
        var over = new AlertBook();
        over.Apply(new SceneFact.AlertsRestated(
            [AlertSnapshot.Of(Assert.Single(_stream.Book.States)) with { Open = null }]));
        Assert.Single(AlertDesk.Dropped(over, OnlyIn("camp-2"), Play.Day(100)));
    }

    [Theory]
    [InlineData(31, "cancelled")]
    [InlineData(33, "")]
    public async Task An_alert_that_ended_in_an_area_that_is_gone_is_cancelled_by_a_withdrawal_for_a_month(
        int day, string told)
    {
        await SeeInAsync("camp-1", 1, 10);
        await SeeInAsync("camp-1", 2, 0);
        await SeeInAsync("camp-1", 3, 0);
        Assert.Equal(["raised", "cleared"], await ToldAsync());
        await ReadAreaAsync("camp-2", day);
        await PublishAsync("camp-1-1", new SceneFact.SceneRetracted(1, "bad calibration"));
        Assert.Equal(told, string.Join(' ', await RoundAsync("camp-1-1")));
    }

    [Theory]
    [InlineData(7, 1)]
    [InlineData(9, 0)]
    public async Task An_area_that_a_file_lacked_by_mistake_is_known_again_within_a_week(int day, int passes)
    {
        await SeeInAsync("meadow", 1, 1);
        await ReadAreaAsync("camp-1", day);
        await ReadAreaAsync("meadow", day);
        Assert.Equal(
            passes, _stream.Book.StateOf(_rules.Rules[0].Id, AreaId.Parse("meadow")).Passes.Length);
    }

    private static RuleSet OnlyIn(string area) =>
        new([Play.Water()], new([Places.Area(area, Places.Box(10, 50, 10.1, 50.1))]));

    private async Task<string[]> ReadAreaAsync(string area, int day)
    {
        var wait = Play.Day(day).AddHours(1) - _clock.GetUtcNow();
        _clock.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        _judge.Rules = _rules = OnlyIn(area);
        return await RoundAsync();
    }

    private async Task SeeInAsync(string area, int day, double hectares)
    {
        await ReadAreaAsync(area, day);
        var measured = Measured(day, hectares);
        await PublishAsync(
            $"{area}-{day}", measured with { Areas = [measured.Areas[0] with { Area = AreaId.Parse(area) }] },
            Product());
        await RoundAsync($"{area}-{day}");
    }
}
