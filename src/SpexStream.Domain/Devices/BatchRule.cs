namespace SpexStream.Domain.Devices;

/// <summary>When a batch that is being filled goes to its device: full, or as old as may be. Immutable.</summary>
/// <param name="Capacity">Most tiles of a batch, at least 1.</param>
/// <param name="LongestWait">How long the first tile of a batch waits for company.</param>
public readonly record struct BatchRule(int Capacity, TimeSpan LongestWait)
{
    /// <summary>How long to wait for one more tile; null when the batch shall go now.</summary>
    /// <param name="count">Tiles in the batch.</param>
    /// <param name="waited">How long its first tile has been in it.</param>
    /// <param name="deviceIsIdle">Whether the device has nothing else to do: then waiting longer gains nothing that the next
    /// batch would not gain, too.</param>
    public TimeSpan? WaitFor(int count, TimeSpan waited, bool deviceIsIdle)
    {
        if (count == 0)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var limit = deviceIsIdle ? LongestWait : LongestWait * 4;
        return count >= Capacity || waited >= limit ? null : limit - waited;
    }
}
