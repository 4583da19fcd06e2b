using SpexStream.Domain.Messages;

namespace SpexStream.Journal.Sealing;

/// <summary>A message with the digest of all that goes out: two messages are the same when their digests are.</summary>
internal sealed record SealedMessage(OutgoingMessage Message, byte[] Properties, byte[] Digest)
{
    /// <summary>Bytes that it takes in the journal, about.</summary>
    public long Bytes => Message.Payload.Length + Properties.Length + 256L;

    public static SealedMessage Of(OutgoingMessage message)
    {
        var properties = UserPropertyFormat.Write(message.UserProperties);
        return new(message, properties, DigestOf(message, properties));
    }

    public static byte[] DigestOf(OutgoingMessage message, ReadOnlySpan<byte> properties) => new SealWriter()
        .Add(message.EventId).Add(message.EventType)
        .Add(message.Topic).Add(message.ContentType).Add(properties).Add(message.Payload.Span)
        .Add((long)message.Qos).Add(message.Retain ? 1L : 0L).Add(message.IsText ? 1L : 0L).Add(message.Expiry?.Ticks)
        .Digest();
}
