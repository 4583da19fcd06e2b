namespace SpexStream.Domain.Ports.Journal;

/// <summary>The journal cannot be opened for writing here and now. What is there was left as it is.</summary>
public sealed class JournalRefusedException(JournalRefusal refusal, string message, Exception? cause = null)
    : JournalException(message, cause)
{
    /// <summary>Why.</summary>
    public JournalRefusal Refusal { get; } = refusal;
}
