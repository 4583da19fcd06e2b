namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>A message does not fit even without all that may be left out: its ids or links are far too long.</summary>
public sealed class MessageTooLargeException : Exception
{
    public MessageTooLargeException()
    {
    }

    public MessageTooLargeException(string message)
        : base(message)
    {
    }

    public MessageTooLargeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
