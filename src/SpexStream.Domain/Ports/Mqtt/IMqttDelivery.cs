namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>
/// A message received, and the duty to acknowledge it. The delivery owns the payload memory: it is returned to its pool
/// by <see cref="IDisposable.Dispose"/>, never by acknowledging, so acknowledge when the content is safe and dispose on
/// every path. A QoS 1 delivery counts as held until it is disposed and, besides, acknowledged or outlived by a newer
/// network connection; its bytes count until it is disposed. Thread-safe.
/// </summary>
public interface IMqttDelivery : IDisposable
{
    /// <summary>The message; its payload and correlation data must not be touched after disposal.</summary>
    MqttMessage Message { get; }

    /// <summary>True when the broker says that it may have sent this message before.</summary>
    bool IsDuplicate { get; }

    /// <summary>
    /// Tells the broker that the message is taken (success; never a refusal, which would lose the message for a whole
    /// share group). Not calling it is backpressure. A repeat changes nothing; on QoS 0 nothing is sent.
    /// </summary>
    /// <returns>False when the network connection it came by is gone: nothing is sent, the broker delivers it again.
    /// </returns>
    ValueTask<bool> AcknowledgeAsync();
}
