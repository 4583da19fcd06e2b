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
    public async Task What_is_on_its_way_when_it_ends_is_dropped_if_acknowledged_in_time_and_nothing_more_is_sent(
        bool inTime)
    {
        await using var rig = new Rig(1, "a", "b", "c");
        var running = rig.Relay.RunAsync(rig.Stop.Token, rig.Lost.Token);
        await rig.Sent.WaitAsync(Soon);
        await rig.Stop.CancelAsync();
        Assert.False(running.IsCompleted);
        if (inTime)
        {
            rig.Acknowledge();
        }
        else
        {
            await rig.Lost.CancelAsync();
        }

        await running.WaitAsync(Soon);
        Assert.Equal(["a"], rig.Published);
        Assert.Equal(inTime ? ["b", "c"] : ["a", "b", "c"], rig.Outbox.Topics);
        await rig.IdleAsync();
    }

    [Fact]
    public async Task What_is_acknowledged_while_the_journal_is_away_keeps_no_place_and_is_not_sent_again()
    {
        await using var rig = new Rig(4, "a", "b", "c");
        rig.Outbox.Deleting = new TaskCompletionSource().Task;
        var running = rig.Relay.RunAsync(rig.Stop.Token, rig.Lost.Token);
        rig.Acknowledge();
        await rig.Outbox.Deletes.WaitAsync(Soon);
        await rig.Stop.CancelAsync();
        await rig.Lost.CancelAsync();
        await running.WaitAsync(Soon);
        await rig.IdleAsync();
        Assert.Equal(["a", "b", "c"], rig.Outbox.Topics);
        string[] sent = [.. rig.Published];

        // The same node has the right again.
        rig.Outbox.Deleting = Task.CompletedTask;
        using var stop = new CancellationTokenSource();
        running = rig.Relay.RunAsync(stop.Token);
        while (rig.Outbox.Topics.Any())
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        await running.WaitAsync(Soon);
        Assert.Equal(["a", "b", "c"], rig.Published.Order());
        Assert.NotEmpty(sent);
    }

    [Fact]
    public async Task A_fault_of_the_dropping_ends_all_of_it_however_much_is_on_its_way()
    {
        await using var rig = new Rig(1, "a", "b", "c");
        rig.Outbox.Deleting = Task.FromException(new JournalDamagedException("bad page"));
        var running = rig.Relay.RunAsync(rig.Stop.Token, rig.Lost.Token);
        await rig.Sent.WaitAsync(Soon);
        // The others wait for good.
        rig.AcknowledgeFirst();
        await Assert.ThrowsAsync<JournalDamagedException>(() => running.WaitAsync(Soon));
        Assert.Equal("bad page", rig.Relay.Trouble);
        await rig.IdleAsync();
    }

    private sealed class Rig : IAsyncDisposable
    {
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly FakeConnection _connection = new();
        private readonly SpexMeter _meter = new();
        private readonly MqttOutbox _sender;
        private int _count;

        public Rig(int window, params string[] topics)
        {
            _connection.OnPublish = (_, stop) =>
            {
                var isFirst = Interlocked.Increment(ref _count) == 1;
                _sent.TrySetResult();
                return (isFirst ? Task.WhenAny(_first.Task, _all.Task) : _all.Task).WaitAsync(stop);
            };
            _sender = new(_connection, 16, window, _meter, TimeProvider.System, (_, _) => { }, (_, _) => { });
            Outbox = new(topics);
            Relay = new(Outbox, _sender, TimeProvider.System, 16, _ => { }, _ => { });
        }

        public CancellationTokenSource Stop { get; } = new();

        public CancellationTokenSource Lost { get; } = new();

        public ListedOutbox Outbox { get; }

        public JournalRelay Relay { get; }

        /// <summary>Ends when the first is with the connection.</summary>
        public Task Sent => _sent.Task;

        public IEnumerable<string> Published => _connection.Published.Select(message => message.Topic);

        public void AcknowledgeFirst() => _first.SetResult();

        public void Acknowledge() => _all.SetResult();

        /// <summary>Waits until nothing is on its way: what is taken back comes one by one.</summary>
        public async Task IdleAsync()
        {
            using var limit = new CancellationTokenSource(Soon);
            while (Relay.Tally.Depth > 0)
            {
                limit.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _sender.DisposeAsync();
            Relay.Dispose();
            await _connection.DisposeAsync();
            _meter.Dispose();
            Stop.Dispose();
            Lost.Dispose();
        }
    }

    private sealed class ListedOutbox(params string[] topics) : IJournalOutbox
    {
        private ImmutableList<OutboxEntry> _entries =
            [.. topics.Select((topic, at) => new OutboxEntry(at + 1, null, default, OutgoingMessage.Clear(topic)))];

        private readonly TaskCompletionSource _deletes = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>What becomes of a delete.</summary>
        public Task Deleting { get; set; } = Task.CompletedTask;

        /// <summary>Ends when the first delete is asked for.</summary>
        public Task Deletes => _deletes.Task;

        public IEnumerable<string> Topics => _entries.Select(entry => entry.Message.Topic);

        public ValueTask PostAsync(
            DateTimeOffset at, ImmutableArray<OutgoingMessage> messages, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public ValueTask<ImmutableArray<OutboxEntry>> ReadAsync(
            long after, int maxEntries, long maxBytes, CancellationToken cancellation = default) =>
            new([.. _entries.Where(entry => entry.Key > after).Take(maxEntries)]);

        public async ValueTask WaitAsync(long after, CancellationToken cancellation) =>
            await Task.Delay(Timeout.Infinite, cancellation);

        public async ValueTask DeleteAsync(ImmutableArray<long> keys, CancellationToken cancellation = default)
        {
            _deletes.TrySetResult();
            await Deleting.WaitAsync(cancellation);
            _entries = _entries.RemoveAll(entry => keys.Contains(entry.Key));
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
