namespace SpexStream.Domain.Ports.Journal;

/// <summary>Another program has held the journal for longer than is waited; nothing was written. The same write may be
/// tried again.</summary>
public sealed class JournalBusyException(string message, Exception? cause = null) : JournalException(message, cause);
