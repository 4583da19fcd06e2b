namespace SpexStream.Domain.Ports.Journal;

/// <summary>Whether a scene was forgotten.</summary>
public enum ForgetOutcome
{
    /// <summary>It is gone.</summary>
    Forgotten,

    /// <summary>There is no such scene.</summary>
    Unknown,

    /// <summary>It is still worked on.</summary>
    StillOpen,

    /// <summary>The broker has not acknowledged all of its messages.</summary>
    MessagesWait,
}
