using System.Collections.Immutable;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Publishing;

public sealed class JournalRelayTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_fault_of_the_sending_ends_all_of_it_so_that_another_node_may_do_it()
    {
        using var meter = new SpexMeter();
        await using var sender = new MqttOutbox(
            new FakeConnection(), 16, 4, meter, TimeProvider.System, (_, _) => { }, (_, _) => { });
        var outbox = new BrokenOutbox();
        using var relay = new JournalRelay(outbox, sender, TimeProvider.System, 16, _ => { }, _ => { });
        await Assert.ThrowsAsync<JournalDamagedException>(
            () => relay.RunAsync(CancellationToken.None).WaitAsync(Soon));
        Assert.Equal("bad page", relay.Trouble);

        // The next life begins well.
        outbox.IsBroken = false;
        using var stop = new CancellationTokenSource();
        var running = relay.RunAsync(stop.Token);
        Assert.Null(relay.Trouble);
        await stop.CancelAsync();
        await running.WaitAsync(Soon);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_on_the_wire_when_it_ends_is_dropped_if_acknowledged_in_time_and_nothing_more_is_sent(
        bool inTime)
    {
        var clock = new ManualClock(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        var (sent, acknowledged) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var connection = new FakeConnection
        {
            OnPublish = (_, stop) =>
            {
                sent.TrySetResult();
                return acknowledged.Task.WaitAsync(stop);
            },
        };
        using var meter = new SpexMeter();
        await using var sender = new MqttOutbox(connection, 16, 1, meter, clock, (_, _) => { }, (_, _) => { });
        var outbox = new ListedOutbox("a", "b", "c");
        using var relay = new JournalRelay(outbox, sender, clock, 16, _ => { }, _ => { });
        using var stop = new CancellationTokenSource();
        var running = relay.RunAsync(stop.Token);
        await sent.Task.WaitAsync(Soon);
        await stop.CancelAsync();
        Assert.False(running.IsCompleted);
        if (inTime)
        {
            acknowledged.SetResult();
        }
        else
        {
            await clock.TimerSet.WaitAsync(Soon);
            clock.Advance(TimeSpan.FromMilliseconds(500));
        }

        await running.WaitAsync(Soon);
        Assert.Equal(["a"], connection.Published.Select(message => message.Topic));
        Assert.Equal(inTime ? ["b", "c"] : ["a", "b", "c"], outbox.Topics);
        Assert.Equal(0, relay.Tally.Depth);
    }

    private sealed class ListedOutbox(params string[] topics) : IJournalOutbox
    {
        private ImmutableList<OutboxEntry> _entries =
            [.. topics.Select((topic, at) => new OutboxEntry(at + 1, null, default, OutgoingMessage.Clear(topic)))];

        public IEnumerable<string> Topics => _entries.Select(entry => entry.Message.Topic);

        public ValueTask PostAsync(
            DateTimeOffset at, ImmutableArray<OutgoingMessage> messages, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public ValueTask<ImmutableArray<OutboxEntry>> ReadAsync(
            long after, int maxEntries, long maxBytes, CancellationToken cancellation = default) =>
            new([.. _entries.Where(entry => entry.Key > after).Take(maxEntries)]);

        public async ValueTask WaitAsync(long after, CancellationToken cancellation) =>
            await Task.Delay(Timeout.Infinite, cancellation);

        public ValueTask DeleteAsync(ImmutableArray<long> keys, CancellationToken cancellation = default)
        {
            _entries = _entries.RemoveAll(entry => keys.Contains(entry.Key));
            return ValueTask.CompletedTask;
        }

        public ValueTask<OutboxDepth> MeasureAsync(CancellationToken cancellation = default) =>
            throw new NotSupportedException();
    }

    private sealed class BrokenOutbox : IJournalOutbox
    {
        public bool IsBroken { get; set; } = true;

        public ValueTask PostAsync(
            DateTimeOffset at, ImmutableArray<OutgoingMessage> messages, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public ValueTask<ImmutableArray<OutboxEntry>> ReadAsync(
            long after, int maxEntries, long maxBytes, CancellationToken cancellation = default) =>
            IsBroken ? throw new JournalDamagedException("bad page") : new([]);

        public async ValueTask WaitAsync(long after, CancellationToken cancellation) =>
            await Task.Delay(Timeout.Infinite, cancellation);

        public ValueTask DeleteAsync(ImmutableArray<long> keys, CancellationToken cancellation = default) =>
            ValueTask.CompletedTask;

        public ValueTask<OutboxDepth> MeasureAsync(CancellationToken cancellation = default) =>
            throw new NotSupportedException();
    }
}
