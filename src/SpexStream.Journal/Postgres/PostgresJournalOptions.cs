using SpexStream.Domain.Identity;
using SpexStream.Journal.Commits;

namespace SpexStream.Journal.Postgres;

/// <summary>Where the shared journal lies, who this process is among its users, and what it may use.</summary>
public sealed class PostgresJournalOptions
{
    /// <summary>The database.</summary>
    public required PostgresAddress Address { get; init; }

    /// <summary>Name of this machine among those that share the journal, by <see cref="TopicLevel.Rule"/>; only one
    /// process may bear it at a time. Crashes are told by it: what was in flight lies in files of this
    /// machine.</summary>
    public required string Node { get; init; }

    /// <summary>How this node knows which scenes are its own. All that have the journal open at the same time have to
    /// agree: two that go by different rules would both take a scene, and stop each other at every fact.</summary>
    public SceneKeeping Keeping { get; init; } = SceneKeeping.ByLease;

    /// <summary>What all nodes should have alike, as a text of any kind; null for nothing. See
    /// <see cref="PostgresJournal.OthersDiffer"/>.</summary>
    public string? Terms { get; init; }

    /// <summary>Writes that may wait; a further one makes its caller wait. At least 1.</summary>
    public int QueueCapacity { get; init; } = 1024;

    /// <summary>Most writes that share a transaction and its flush.</summary>
    public int GroupWrites { get; init; } = 256;

    /// <summary>Bytes from which a group is not made larger.</summary>
    public long GroupBytes { get; init; } = 4L << 20;

    /// <summary>Connections that read; at least 1. One more writes, one listens, and <see cref="Sessions"/> do the
    /// rest.</summary>
    public int Readers { get; init; } = 2;

    /// <summary>Connections for leases, strips of other nodes and tiles; at least 1.</summary>
    public int Sessions { get; init; } = 4;

    /// <summary>Strips that may wait in the inbox of one scene; at least 1.</summary>
    public int InboxPerScene { get; init; } = 4096;

    /// <summary>How long a connection may take to be made; whole seconds, at least 1.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one exchange with the database may take, waiting for locks included; whole seconds, at least
    /// 1.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After how much silence in the middle of a transaction the database gives up a node, and with it the
    /// locks that it holds: others wait no longer for one that stands still. Below
    /// <see cref="CommandTimeout"/>.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Told of each message that is damaged and was set aside: its key, and what is wrong.</summary>
    public Action<long, string>? OnSetAside { get; init; }

    /// <summary>Told, in one sentence, of each time that the database does not answer.</summary>
    public Action<string>? OnTrouble { get; init; }

    /// <summary>Told, at the start, that nodes which were there a short while ago are waited for, and for how
    /// long.</summary>
    public Action<TimeSpan>? OnOthersAwaited { get; init; }

    internal CommitBounds Bounds => new(QueueCapacity, GroupWrites, GroupBytes);

    /// <exception cref="ArgumentException">A bound lets nothing through, or the node's name is none.</exception>
    internal void Check()
    {
        Bounds.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(Readers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Sessions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(InboxPerScene, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ConnectTimeout, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(CommandTimeout, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfNotEqual(ConnectTimeout.Ticks % TimeSpan.TicksPerSecond, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(CommandTimeout.Ticks % TimeSpan.TicksPerSecond, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(SilenceLimit, CommandTimeout);
        if (!TopicLevel.IsValid(Node))
        {
            throw new ArgumentException($"'{Node}' is not the name of a node: {TopicLevel.Rule}.");
        }
    }
}
