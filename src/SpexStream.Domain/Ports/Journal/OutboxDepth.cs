namespace SpexStream.Domain.Ports.Journal;

/// <summary>How much waits in the outbox.</summary>
/// <param name="Entries">Messages.</param>
/// <param name="OldestAt">When the one that waits longest was decided; null when none waits.</param>
public sealed record OutboxDepth(long Entries, DateTimeOffset? OldestAt)
{
    /// <summary>Damaged messages that were set aside: kept as they are, never sent, in none of the other
    /// numbers.</summary>
    public long SetAside { get; init; }
}
