namespace SpexStream.Domain.Ports.Journal;

/// <summary>The journal did not do what it was asked for. The message is one sentence or two for people: what, where,
/// and what to do.</summary>
public abstract class JournalException : Exception
{
    private protected JournalException(string message, Exception? cause)
        : base(message, cause)
    {
    }
}
