using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Messaging.Publishing;

/// <summary>Takes messages that belong to no scene into the journal: who has posted one may acknowledge what it tells
/// of.</summary>
public sealed class JournaledOutbox(IJournalOutbox outbox, TimeProvider time) : IOutbox
{
    /// <inheritdoc/>
    public async ValueTask PostAsync(OutgoingMessage message, CancellationToken cancellation = default) =>
        await JournalPatience.AskAsync(
            async () =>
            {
                await outbox.PostAsync(time.GetUtcNow(), [message], cancellation);
                return true;
            },
            time,
            cancellation);
}
