namespace SpexStream.Domain.Ports.Journal;

/// <summary>There is no room to write; nothing was written. The same write may be tried again when there is room,
/// without opening the journal anew.</summary>
public sealed class JournalFullException(string message, Exception? cause = null) : JournalException(message, cause);
