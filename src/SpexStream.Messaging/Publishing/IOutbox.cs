using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Publishing;

/// <summary>Takes messages for the broker, in order. Safe for use from several threads.</summary>
public interface IOutbox
{
    /// <summary>Takes a message; waits while the outbox is full.</summary>
    ValueTask PostAsync(OutgoingMessage message, CancellationToken cancellation = default);
}
