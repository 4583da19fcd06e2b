using System.Text;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Metrics;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Telemetry;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Hosting;

public sealed class CanaryTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ManualClock _clock = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly MetricRegistry _registry = new();
    private readonly SpexMeter _meter = new();
    private readonly FakeConnection _connection = new();
    private readonly KeptLog _log = new();

    [Fact]
    public async Task Each_message_is_another_on_a_topic_of_its_own_and_never_retained()
    {
        await RoundsAsync(Canary(), 2);
        var sent = _connection.Published.ToArray();
        Assert.All(sent, message => Assert.Equal("spex/a/no-test/canary/node-1", message.Topic));
        Assert.All(sent, message => Assert.False(message.Retain));
        Assert.All(sent, message => Assert.Equal(Minute, message.Expiry));
        Assert.Equal(2, sent.Select(message => Encoding.UTF8.GetString(message.Payload.Span)).Distinct().Count());
    }

    [Fact]
    public async Task While_they_come_back_nothing_is_told_and_the_way_is_measured()
    {
        var canary = Canary();
        for (var round = 0; round < 5; round++)
        {
            await canary.SendAsync(CancellationToken.None);
            _clock.Advance(TimeSpan.FromSeconds(2));
            canary.Hear(_connection.Published.Last());
            _clock.Advance(Minute);
            canary.Look();
        }

        Assert.Contains("spex_canary_seconds_count 5\n", Metrics(), StringComparison.Ordinal);
        Assert.Contains("spex_canary_seconds_sum 10\n", Metrics(), StringComparison.Ordinal);
        Assert.Contains("spex_canary_age_seconds 60\n", Metrics(), StringComparison.Ordinal);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Silence_is_told_once_as_an_error_after_three_rounds_and_so_is_its_end()
    {
        var canary = Canary();
        await RoundsAsync(canary, 2);
        Assert.Null(canary.Trouble);
        await RoundsAsync(canary, 2);
        Assert.Equal("no message to ourselves has come back through the broker for 240 s", canary.Trouble);
        Assert.Contains("spex_canary_age_seconds 240\n", Metrics(), StringComparison.Ordinal);
        var told = Assert.Single(_log.Lines);
        Assert.Equal((LogLevel.Error, 1106), (told.Level, told.Id));
        canary.Hear(_connection.Published.Last());
        Assert.Null(canary.Trouble);
        Assert.Equal([1106, 1107], _log.Lines.Select(line => line.Id));
    }

    [Fact]
    public async Task What_others_send_or_what_comes_twice_or_late_is_no_sign_of_life()
    {
        var canary = Canary();
        await RoundsAsync(canary, 1);
        var first = _connection.Published.Last();
        await RoundsAsync(canary, 3);
        var last = _connection.Published.Last();
        canary.Hear(first);
        foreach (var text in new[] { "", "1", "-1", "words", new string('9', 40) })
        {
            canary.Hear(first with { Payload = Encoding.UTF8.GetBytes(text) });
        }

        canary.Hear(last with { Topic = "spex/a/no-test/canary/node-2" });
        Assert.NotNull(canary.Trouble);
        canary.Hear(last);
        await RoundsAsync(canary, 0);
        _clock.Advance(3 * Minute);
        canary.Hear(last);
        Assert.NotNull(canary.Trouble);
    }

    [Fact]
    public async Task A_broker_that_takes_nothing_has_one_message_waiting_and_is_named_as_the_reason()
    {
        var waiting = 0;
        _connection.OnPublish = async (_, cancellation) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref waiting));
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                Interlocked.Decrement(ref waiting);
            }
        };
        var canary = Canary();
        for (var round = 0; round < 4; round++)
        {
            var sending = canary.SendAsync(CancellationToken.None);
            _clock.Advance(Minute);
            await sending;
            canary.Look();
        }

        Assert.EndsWith("the broker did not take it in time", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_right_is_named_as_the_reason()
    {
        _connection.OnPublish = (_, _) => throw new MqttRefusedException(
            "publish", MqttReasonCode.NotAuthorized, "not allowed");
        await RoundsAsync(Canary(), 4);
        Assert.Contains("not allowed", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_it_nothing_is_sent_and_there_is_no_series()
    {
        var canary = Canary(TimeSpan.Zero);
        await canary.RunAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(_connection.Published);
        Assert.Null(canary.Trouble);
        Assert.DoesNotContain("spex_canary_age", Metrics(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _meter.Dispose();
        _registry.Dispose();
    }

    private Canary Canary(TimeSpan? every = null) =>
        new(_connection, StationId.Parse("no-test"), "node-1", every ?? Minute, _meter, _clock, _log);

    // Rounds of which nothing comes back.
    private async Task RoundsAsync(Canary canary, int count)
    {
        for (var round = 0; round < count; round++)
        {
            await canary.SendAsync(CancellationToken.None);
            _clock.Advance(Minute);
            canary.Look();
        }
    }

    private string Metrics() => MetricsText.Write(_registry.Collect(), openMetrics: false);
}
