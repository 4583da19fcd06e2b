namespace SpexStream.Domain.Devices;

/// <summary>When a batch that is being filled goes to its device: full, or as old as may be. Immutable.</summary>
/// <param name="Capacity">Most tiles of a batch, at least 1.</param>
/// <param name="LongestWait">How long the first tile of a batch waits for company.</param>
public readonly record struct BatchRule(int Capacity, TimeSpan LongestWait)
{
    /// <summary>How long an idle device waits for one more tile; null when the batch shall go now.</summary>
    /// <param name="count">Tiles in the batch, at least 1.</param>
    /// <param name="waited">How long its first tile has been in it.</param>
    public TimeSpan? WaitFor(int count, TimeSpan waited) =>
        count >= Capacity || waited >= LongestWait ? null : LongestWait - waited;
}
