namespace SpexStream.Domain.Ports.Journal;

/// <summary>What stands in the journal is not what was written, or no journal of this version wrote it. It was left as
/// it is. <see cref="JournalNewerException"/> where it is known to be of a newer one.</summary>
public class JournalDamagedException(string message, Exception? cause = null) : JournalException(message, cause);
