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
