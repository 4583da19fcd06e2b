namespace SpexStream.Domain.Ports.Journal;

/// <summary>What stands in the journal is well, but a newer program wrote it: this one cannot read it, and one of that
/// version can.</summary>
public sealed class JournalNewerException(string message, Exception? cause = null)
    : JournalDamagedException(message, cause);
