using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>Keeps messages within the size that WIS2 brokers and clients accept.</summary>
public static class MessageFitting
{
    /// <summary>Bytes of a whole message at most (WIS2 notification message).</summary>
    public const int MaxBytes = 8192;

    /// <summary>The message of the first detail, finest first, that fits.</summary>
    /// <exception cref="MessageTooLargeException">None fits.</exception>
    internal static OutgoingMessage Fit<TDetail>(IEnumerable<TDetail> details, Func<TDetail, OutgoingMessage> encode)
    {
        var (size, topic) = (0, "");
        foreach (var detail in details)
        {
            var message = encode(detail);
            (size, topic) = (EventEnvelope.SizeOf(message), message.Topic);
            if (size <= MaxBytes)
            {
                return message;
            }
        }

        throw new MessageTooLargeException($"A message for {topic} has at least {size} bytes, {MaxBytes} are allowed.");
    }

    /// <summary>A message that has nothing to leave out.</summary>
    /// <exception cref="MessageTooLargeException">It does not fit.</exception>
    internal static OutgoingMessage Fit(OutgoingMessage message) => Fit([message], static m => m);
}
