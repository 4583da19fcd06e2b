namespace SpexStream.Domain.Ports.Journal;

/// <summary>Reading or writing failed below the journal. After a failed write it takes none until it is opened anew:
/// what was not flushed may be lost in the middle, and nothing must be built upon it.</summary>
public sealed class JournalUnavailableException(string message, Exception? cause = null)
    : JournalException(message, cause);
