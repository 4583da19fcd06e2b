using System.Collections.Concurrent;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Publishing;

public sealed class MqttOutboxTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly SpexMeter _meter = new();
    private readonly FakeConnection _connection = new();
    private readonly ManualClock _clock = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentQueue<string> _told = new();
    private readonly MqttOutbox _outbox;

    public MqttOutboxTests() => _outbox = new MqttOutbox(
        _connection, 16, 4, _meter, _clock,
        (message, _) => _told.Enqueue($"refused {message.Topic}"),
        (message, fault) => _told.Enqueue($"broke {message.Topic}: {fault.Message}"));

    [Fact]
    public async Task A_message_whose_publishing_breaks_is_sent_again_before_those_behind_it_and_nothing_is_lost()
    {
        var breaks = 2;
        _connection.OnPublish = (_, _) => Interlocked.Decrement(ref breaks) >= 0
            ? throw new InvalidOperationException("what nobody thought of")
            : Task.CompletedTask;
        await PostAsync("a");
        await _clock.TimerSet.WaitAsync(Patience);
        await PostAsync("b");
        Assert.Equal("what nobody thought of", _outbox.Trouble);
        Assert.Equal(["a"], Sent());

        var drained = _outbox.DrainAsync(TimeSpan.FromDays(1), TimeProvider.System);
        while (!drained.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True(await drained);
        Assert.Equal(["a", "a", "a", "b"], Sent());
        Assert.Equal(["broke a: what nobody thought of", "broke a: what nobody thought of"], _told);
        Assert.Null(_outbox.Trouble);
    }

    [Fact]
    public async Task What_the_broker_refuses_is_told_once_and_the_next_one_sent()
    {
        _connection.OnPublish = (message, _) => message.Topic == "a"
            ? throw new MqttRefusedException("publish", MqttReasonCode.NotAuthorized)
            : Task.CompletedTask;
        await PostAsync("a");
        await PostAsync("b");
        Assert.True(await _outbox.DrainAsync(Patience, TimeProvider.System));
        Assert.Equal(["a", "b"], Sent());
        Assert.Equal(["refused a"], _told);
        Assert.Null(_outbox.Trouble);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_taken_back_is_not_sent_any_more_whether_it_waits_or_is_in_trouble(bool trouble)
    {
        var held = new TaskCompletionSource();
        _connection.OnPublish = (message, stop) => message.Topic == "theirs" ? Task.CompletedTask
            : trouble ? throw new InvalidOperationException("for ever") : held.Task.WaitAsync(stop);
        using var role = new CancellationTokenSource();
        var (settled, back) = (0, 0);
        foreach (var topic in new[] { "a", "b", "c", "d", "e", "f" })
        {
            // As many as the window, and some behind.
            await _outbox.PostAsync(
                OutgoingMessage.Clear(topic), () => Interlocked.Increment(ref settled),
                () => Interlocked.Increment(ref back), role.Token, role.Token);
        }

        await PostAsync("theirs");
        await role.CancelAsync();
        held.SetResult();
        Assert.True(await _outbox.DrainAsync(Patience, TimeProvider.System));
        Assert.Equal(6, settled + back);
        Assert.True(back >= 2, $"{back} came back");
        Assert.DoesNotContain("f", Sent());
        Assert.Equal("theirs", Sent().Last());
        Assert.Null(_outbox.Trouble);
    }

    [Fact]
    public async Task Trouble_that_does_not_pass_does_not_hold_up_the_end()
    {
        _connection.OnPublish = (_, _) => throw new InvalidOperationException("for ever");
        await PostAsync("a");
        await _clock.TimerSet.WaitAsync(Patience);
        Assert.False(await _outbox.DrainAsync(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        Assert.Equal(["a"], Sent());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _outbox.DisposeAsync();
        await _connection.DisposeAsync();
        _meter.Dispose();
    }

    private IEnumerable<string> Sent() => _connection.Published.Select(message => message.Topic);

    private ValueTask PostAsync(string topic) => _outbox.PostAsync(OutgoingMessage.Clear(topic));
}
