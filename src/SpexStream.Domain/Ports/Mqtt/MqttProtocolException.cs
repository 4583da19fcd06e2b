namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>The peer sent bytes that are not MQTT 5, or that we do not accept; the network connection is given
/// up.</summary>
public sealed class MqttProtocolException : MqttException
{
    /// <summary>Makes one with the reason code for our goodbye and a plain text for the operator.</summary>
    public MqttProtocolException(MqttReasonCode reason, string message)
        : base(message) => Reason = reason;

    /// <summary>What is wrong, in MQTT's words: malformed packet, protocol error, packet too large, ...</summary>
    public MqttReasonCode Reason { get; }
}
