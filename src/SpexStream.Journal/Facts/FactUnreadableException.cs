namespace SpexStream.Journal.Facts;

/// <summary>Bytes that are no fact for this version; the message goes on after "the fact ".</summary>
internal sealed class FactUnreadableException(string message, Exception? cause = null) : Exception(message, cause);
