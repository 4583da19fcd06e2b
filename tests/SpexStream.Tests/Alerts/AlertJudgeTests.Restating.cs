using System.Text.Json;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>A broker that lost what it kept is told the open alerts again.</summary>
public sealed partial class AlertJudgeTests
{
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
        foreach (var day in new[] { 2, 3 })
        {
            _clock.Advance(TimeSpan.FromDays(1));
            await PublishAsync($"s{day}", Measured(day, 0), Product());
            rival.Look(SceneId.Parse($"s{day}"));
            Assert.Null(await rival.TryRoundAsync(stream, default));
        }

        Assert.Equal(0, (await SentAsync())[^1].Payload.Length);
        // By its old book: the state comes behind the end, which the proof does not let stand.
        var restating = new AlertRestating(Tools("node-1"));
        restating.Ask();
        await Assert.ThrowsAsync<StaleEpochException>(
            async () => await restating.DoAsync(_stream, _rules, default));
        Assert.NotEqual(0, (await SentAsync())[^1].Payload.Length);
        _stream.Lose();
        await _stream.OpenAsync();
        await restating.DoAsync(_stream, _rules, default);
        var last = (await SentAsync())[^1];
        Assert.Equal((true, 0), (last.Retain, last.Payload.Length));
        await restating.DoAsync(_stream, _rules, default);
        Assert.Equal(last.Topic, (await SentAsync())[^1].Topic);
    }

    private static string IdentifierOf(OutgoingMessage message) => JsonDocument.Parse(message.Payload).RootElement
        .GetProperty("properties").GetProperty("identifier").GetString()!;
}
