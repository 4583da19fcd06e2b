namespace SpexStream.Domain.Ports.Journal;

/// <summary>What became of something that was put into the inbox.</summary>
public enum InboxOutcome
{
    /// <summary>It is there, flushed: whoever announced it may be answered.</summary>
    Taken,

    /// <summary>The same waits there already.</summary>
    Duplicate,

    /// <summary>So much waits for the scene that nothing more is taken: the announcement is not answered, and comes
    /// again.</summary>
    Full,
}
