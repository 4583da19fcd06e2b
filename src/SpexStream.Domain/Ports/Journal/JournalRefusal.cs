namespace SpexStream.Domain.Ports.Journal;

/// <summary>Why a journal is not opened.</summary>
public enum JournalRefusal
{
    /// <summary>A newer version of the program has written it.</summary>
    Newer,

    /// <summary>An older version of the program has written it, and it may only be read here.</summary>
    Older,

    /// <summary>It is something else than a journal.</summary>
    Foreign,

    /// <summary>Another process has it.</summary>
    InUse,

    /// <summary>Its place cannot be written.</summary>
    NotWritable,
}
