namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>
/// Bounds on what is received and not settled, kept on our side because brokers overrun Receive Maximum after some
/// acknowledgements. At a bound the socket is not read; nothing is dropped.
/// </summary>
/// <param name="Messages">Deliveries held at most, 1 or more.</param>
/// <param name="Bytes">Payload bytes held at most; not below the maximum packet size.</param>
public sealed record MqttHoldLimits(int Messages, long Bytes)
{
    /// <summary>256 messages, 256 MiB.</summary>
    public static MqttHoldLimits Default { get; } = new(256, 256L << 20);
}
