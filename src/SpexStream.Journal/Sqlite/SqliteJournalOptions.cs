using SpexStream.Journal.Commits;

namespace SpexStream.Journal.Sqlite;

/// <summary>Where the embedded journal lies and what it may use.</summary>
public sealed record SqliteJournalOptions
{
    /// <summary>The file; its folder is made when it is missing. Not on a network file system: SQLite's log needs
    /// memory shared between its users.</summary>
    public required string Path { get; init; }

    /// <summary>Writes that may wait for the disk; a further one makes its caller wait. At least 1.</summary>
    public int QueueCapacity { get; init; } = 1024;

    /// <summary>Most writes that share a transaction and its flush.</summary>
    public int GroupWrites { get; init; } = 256;

    /// <summary>Bytes from which a group is not made larger.</summary>
    public long GroupBytes { get; init; } = 4L << 20;

    /// <summary>Connections that read.</summary>
    public int Readers { get; init; } = 2;

    /// <summary>How long another program's lock on the file is waited for; whole seconds, at least 1.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the file may be checked when it is opened; beyond that the rest goes unchecked.</summary>
    public TimeSpan CheckLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Told of each message that is damaged and was set aside: its key, and what is wrong.</summary>
    public Action<long, string>? OnSetAside { get; init; }

    internal CommitBounds Bounds => new(QueueCapacity, GroupWrites, GroupBytes);

    /// <exception cref="ArgumentOutOfRangeException">A bound lets nothing through.</exception>
    internal void Check()
    {
        Bounds.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(Readers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BusyTimeout, TimeSpan.FromSeconds(1));
    }
}
