using System.Collections.Immutable;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>The messages that were decided and not acknowledged by the broker yet, in order. Unbounded but for the
/// disk; its depth is a gauge, and admission has to mind it.</summary>
public interface IJournalOutbox
{
    /// <summary>
    /// Takes messages that belong to no scene (a refused announcement), all of them or none, flushed to the disk. One
    /// whose id waits already is left out: what was said first stands.
    /// </summary>
    ValueTask PostAsync(
        DateTimeOffset at, ImmutableArray<OutgoingMessage> messages, CancellationToken cancellation = default);

    /// <summary>
    /// The next entries behind a key, in order; empty when there are none. An entry that appears later always has a
    /// higher key than all that were seen before. At least one entry is given, however large. One that is damaged is
    /// set aside for good and left out, so that the others go on in their order.
    /// </summary>
    /// <param name="after">Key behind which to begin; 0 from the start.</param>
    /// <param name="maxEntries">At most so many, at least 1.</param>
    /// <param name="maxBytes">Ends after the entry with which the payloads reach this sum.</param>
    /// <param name="cancellation">Takes the question back.</param>
    ValueTask<ImmutableArray<OutboxEntry>> ReadAsync(
        long after, int maxEntries, long maxBytes, CancellationToken cancellation = default);

    /// <summary>Ends when there is an entry behind a key.</summary>
    ValueTask WaitAsync(long after, CancellationToken cancellation);

    /// <summary>Drops entries that the broker has acknowledged; keys that are gone are passed over. Not flushed: an
    /// entry that comes back after a power cut is sent again, with the same bytes.</summary>
    ValueTask DeleteAsync(ImmutableArray<long> keys, CancellationToken cancellation = default);

    /// <summary>How much waits.</summary>
    ValueTask<OutboxDepth> MeasureAsync(CancellationToken cancellation = default);
}
