namespace SpexStream.Journal.Facts;

/// <summary>Bytes that are no fact for this version; the message goes on after "the fact ".</summary>
internal sealed class FactUnreadableException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether a newer program wrote them, so that nothing is wrong with them.</summary>
    public bool IsNewer { get; init; }
}
