using System.Text.Json;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>A broker that lost what it kept is told the open alerts again.</summary>
public sealed partial class AlertJudgeTests
{
    private Func<Task> _between = () => Task.CompletedTask;

    [Fact]
    public async Task Open_alerts_are_said_again_as_states_alone_and_as_often_as_asked()
    {
        await SeeAsync(1, 10);
        var state = Assert.Single(await SentAsync(), message => message.Retain);
        for (var time = 1; time <= 2; time++)
        {
            await ForgetOutboxAsync();
            _judge.Restate();
            Assert.Empty(await RoundAsync());
            var again = Assert.Single(await SentAsync());
            Assert.Equal((state.Topic, true, EventTypes.AlertState), (again.Topic, again.Retain, again.EventType));
            Assert.Equal(IdentifierOf(state), IdentifierOf(again));
            Assert.Empty(await RoundAsync());
            Assert.Single(await SentAsync());
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task While_the_first_word_of_a_state_waits_for_the_broker_it_is_not_said_again()
    {
        await SeeAsync(1, 10);
        await ForgetOutboxAsync();
        for (var time = 1; time <= 3; time++)
        {
            _judge.Restate();
            await RoundAsync();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Single(await SentAsync());
    }

    [Fact]
    public async Task However_often_the_broker_comes_and_goes_they_are_said_once_a_minute()
    {
        await SeeAsync(1, 10);
        await AskAsync();
        await ForgetOutboxAsync();
        await AskAsync();
        _clock.Advance(TimeSpan.FromSeconds(59));
        await AskAsync();
        Assert.Empty(await SentAsync());
        _clock.Advance(TimeSpan.FromSeconds(1));
        // What was asked meanwhile is not forgotten.
        await RoundAsync();
        Assert.Single(await SentAsync());

        async Task AskAsync()
        {
            _judge.Restate();
            await RoundAsync();
        }
    }

    [Fact]
    public async Task An_alert_that_has_ended_is_not_said_again()
    {
        await SeeAsync(1, 10);
        await SeeAsync(2, 0);
        await SeeAsync(3, 0);
        await ForgetOutboxAsync();
        _judge.Restate();
        await RoundAsync();
        Assert.Empty(await SentAsync());
    }

    [Fact]
    public async Task What_another_node_ended_meanwhile_does_not_stand_again()
    {
        await SeeAsync(1, 10, restart: false);
        await ForgetOutboxAsync();
        var (rival, stream) = (NewJudge(), new AlertStream(_journal, _clock, default));
        // Between its look at the book and its word.
        var restating = RestatingAfter(async () =>
        {
            foreach (var day in new[] { 2, 3 })
            {
                _clock.Advance(TimeSpan.FromDays(1));
                await PublishAsync($"s{day}", Measured(day, 0), Product());
                rival.Look(SceneId.Parse($"s{day}"));
                Assert.Null(await rival.TryRoundAsync(stream, default));
            }

            Assert.Equal(0, (await SentAsync())[^1].Payload.Length);
        });
        await restating.DoAsync(_stream, _rules, default);
        Assert.NotEqual(0, (await SentAsync())[^1].Payload.Length);
        await AfterAWaitAsync(restating);
        var last = (await SentAsync())[^1];
        Assert.Equal((true, 0), (last.Retain, last.Payload.Length));
        await AfterAWaitAsync(restating);
        Assert.Equal(last.Topic, (await SentAsync())[^1].Topic);
        Assert.Null(restating.Wait);
    }

    [Fact]
    public async Task A_node_that_writes_meanwhile_makes_nothing_be_said_twice()
    {
        await SeeAsync(1, 10, restart: false);
        await ForgetOutboxAsync();
        var restating = RestatingAfter(TakeEpochAsync);
        await restating.DoAsync(_stream, _rules, default);
        var said = Assert.Single(await SentAsync());
        // Sent by now: the outbox would take it again.
        await ForgetOutboxAsync();
        var waits = new List<TimeSpan>();
        while (restating.Wait is { } wait)
        {
            waits.Add(wait);
            await AfterAWaitAsync(restating, waits.Count < 4 ? TakeEpochAsync : null);
            Assert.Empty(await SentAsync());
        }

        Assert.Equal(4, waits.Count);
        Assert.True(waits[^1] > 2 * waits[0], string.Join(' ', waits));
        // The broker was gone once more: now it is.
        restating.Ask();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await restating.DoAsync(_stream, _rules, default);
        Assert.Equal(IdentifierOf(said), IdentifierOf(Assert.Single(await SentAsync())));
    }

    [Fact]
    public async Task A_write_that_broke_is_made_again()
    {
        await SeeAsync(1, 10, restart: false);
        await ForgetOutboxAsync();
        using var gone = new CancellationTokenSource();
        var restating = RestatingAfter(gone.CancelAsync);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await restating.DoAsync(_stream, _rules, gone.Token));
        Assert.Empty(await SentAsync());
        await restating.DoAsync(_stream, _rules, default);
        Assert.Single(await SentAsync());
    }

    [Theory]
    [InlineData("node-1", 1)]
    [InlineData("node-2", 0)]
    [InlineData("without-rules", 1)]
    [InlineData("stopped-having-rules", 1)]
    [InlineData(null, 0)]
    public async Task Of_a_group_the_node_that_carries_the_messages_says_them_if_it_has_rules(
        string? carrier, int said)
    {
        await Node("node-2", _rules).RoundAsync();
        await SeeAsync(1, 10, restart: false);
        await _stream.WriteAsync([new SceneFact.RulesRead("stopped-having-rules", RuleSet.None.Digest())], []);
        await ForgetOutboxAsync();
        var restating = new AlertRestating(Tools("node-1") with { Carrier = _ => new(carrier) });
        restating.Ask();
        await restating.DoAsync(_stream, _rules, default);
        Assert.Equal(said, (await SentAsync()).Length);
        // While nobody carries them it looks again.
        Assert.Equal(carrier is null, restating.Wait is not null);
    }

    [Fact]
    public async Task An_area_that_the_own_file_does_not_know_keeps_the_state_that_it_has()
    {
        await SeeAsync(1, 10, restart: false);
        await ForgetOutboxAsync();
        var restating = new AlertRestating(Tools("node-1"));
        restating.Ask();
        await restating.DoAsync(_stream, _rules with { Index = RuleSet.None.Index }, default);
        Assert.Empty(await SentAsync());
    }

    // Asked, and something happens once between its look at the book and its word.
    private AlertRestating RestatingAfter(Func<Task> between)
    {
        _between = between;
        var restating = new AlertRestating(Tools("node-1") with
        {
            Carrier = async _ =>
            {
                var act = _between;
                _between = () => Task.CompletedTask;
                await act();
                return "node-1";
            },
        });
        restating.Ask();
        return restating;
    }

    private async Task AfterAWaitAsync(AlertRestating restating, Func<Task>? between = null)
    {
        _between = between ?? (() => Task.CompletedTask);
        _clock.Advance(restating.Wait ?? TimeSpan.Zero);
        await restating.DoAsync(_stream, _rules, default);
    }

    private async Task TakeEpochAsync() => await new AlertStream(_journal, _clock, default).OpenAsync();

    private static string IdentifierOf(OutgoingMessage message) => JsonDocument.Parse(message.Payload).RootElement
        .GetProperty("properties").GetProperty("identifier").GetString()!;
}
