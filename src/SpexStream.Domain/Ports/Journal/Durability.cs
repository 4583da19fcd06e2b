namespace SpexStream.Domain.Ports.Journal;

/// <summary>What a write outlives once it was answered. Writes never change order: what outlives a power cut takes
/// everything that was written before along.</summary>
public enum Durability
{
    /// <summary>It lies on the disk, flushed.</summary>
    PowerCut,

    /// <summary>It is with the operating system: the process may die, the machine may not. Needs no flush of its own;
    /// for what is only lost work when it goes, such as the answer of a tile.</summary>
    Crash,
}
