using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Postgres;

/// <summary>What the database said about the scenes and messages of a transaction, with their rows locked.</summary>
internal sealed class UnitKnowledge
{
    /// <summary>The scenes that are there, by name.</summary>
    public Dictionary<string, SceneListing> Scenes { get; } = [];

    /// <summary>Scenes whose row is not what was written, and why.</summary>
    public Dictionary<string, JournalDamagedException> Damaged { get; } = [];

    /// <summary>Ids of events that were said before, by scene; for no scene, those that wait.</summary>
    public Dictionary<string, HashSet<string>> Said { get; } = [];

    /// <summary>Other nodes that hold a lease at present, and for how long, by what it is of.</summary>
    public Dictionary<string, LeaseAnswer.HeldByOther> Owners { get; } = [];

    /// <summary>How much waits in the inbox, by scene.</summary>
    public Dictionary<string, long> Letters { get; } = [];

    /// <summary>What waits there already, of what somebody puts there.</summary>
    public HashSet<string> LettersThere { get; } = [];

    /// <summary>Scenes with messages in the outbox, of those that somebody wants to forget.</summary>
    public HashSet<string> Waiting { get; } = [];

    /// <summary>The last epoch given out; 0 where nobody asked.</summary>
    public long LastEpoch { get; set; }

    public HashSet<string> SaidIn(string scene) =>
        Said.TryGetValue(scene, out var ids) ? ids : Said[scene] = new(StringComparer.Ordinal);
}
