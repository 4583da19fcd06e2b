namespace SpexStream.Journal.Commits;

/// <summary>What the writing thread may take in hand.</summary>
/// <param name="QueueCapacity">Writes that may wait; a further one makes its caller wait. At least 1.</param>
/// <param name="GroupWrites">Most writes that share a transaction and its flush; at least 1.</param>
/// <param name="GroupBytes">Bytes from which a group is not made larger; at least 1.</param>
internal sealed record CommitBounds(int QueueCapacity, int GroupWrites, long GroupBytes)
{
    /// <exception cref="ArgumentOutOfRangeException">A bound lets nothing through.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(GroupWrites, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(GroupBytes, 1);
    }
}
