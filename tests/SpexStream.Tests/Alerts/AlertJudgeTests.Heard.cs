using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>What a node hears of alerts that another one judges.</summary>
public sealed partial class AlertJudgeTests
{
    private readonly List<AlertTransition> _heard = [];

    [Fact]
    public async Task What_another_node_judges_is_heard_once_and_what_is_judged_here_is_not()
    {
        var (stream, idle) = (Listening(), NewJudge(OneRule, "idle"));
        Assert.Null(await idle.TryRoundAsync(stream, default));
        var judging = Node("judging", OneRule);
        await judging.RoundAsync();
        await judging.SeeAsync(1, 10);
        await HearAsync();
        await HearAsync();
        Assert.Equal([AlertTransition.Raised], _heard);
        // Raised and over before the next look: both are news.
        await judging.SeeAsync(2, 10);
        await judging.SeeAsync(3, 0);
        await HearAsync();
        Assert.Equal(
            [AlertTransition.Raised, AlertTransition.Confirmed, AlertTransition.Cleared], _heard);
        await PublishAsync("here", Measured(4, 10), Product());
        _clock.Advance(Play.Day(4).AddHours(1) - _clock.GetUtcNow());
        idle.Look(SceneId.Parse("here"));
        await HearAsync();
        Assert.Equal((3, 1), (_heard.Count, idle.Open.Length));

        async Task HearAsync()
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            while (await idle.TryRoundAsync(stream, default) is not null)
            {
                // The other node wrote meanwhile.
            }
        }
    }

    [Fact]
    public async Task What_was_told_before_the_start_is_not_heard()
    {
        await Node("judging", OneRule).SeeAsync(1, 10);
        var stream = Listening();
        await stream.OpenAsync();
        await stream.CatchUpAsync();
        Assert.Single(stream.Book.Open);
        Assert.Empty(_heard);
    }

    [Fact]
    public async Task A_move_of_the_stream_hides_nothing_and_says_nothing_again()
    {
        var stream = Listening();
        await stream.OpenAsync();
        foreach (var day in new[] { 1, 2 })
        {
            await Node("judging", OneRule).SeeAsync(day, 10);
            await ForgetOutboxAsync();
            var mover = new AlertStream(_journal, _clock, default, bytesBeforeMove: 0);
            await mover.OpenAsync();
            await mover.WriteAsync([.. Enumerable.Repeat(new SceneFact.RuleUsed(OneRule.Rules[0]), 40)], []);
            await mover.TidyAsync();
            await mover.SweepAsync();
            await stream.CatchUpAsync();
            // Later nobody waits for the end of the place before.
            _clock.Advance(TimeSpan.FromMinutes(1));
            await mover.SweepAsync();
            await stream.CatchUpAsync();
            Assert.Null(await _journal.FindAsync(SceneId.OfStream(day == 1 ? "alerts-a" : "alerts-b")));
        }

        Assert.Equal([AlertTransition.Raised, AlertTransition.Confirmed], _heard);
    }

    private AlertStream Listening() =>
        new(_journal, _clock, default, onHeard: (_, change) => _heard.Add(change.Transition));
}
