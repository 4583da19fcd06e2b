using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>A network connection ended: the reason code where the broker gave one.</summary>
internal sealed class LinkLostException(string message, MqttReasonCode? reason = null, Exception? cause = null)
    : MqttException(message, cause)
{
    public MqttReasonCode? Reason { get; } = reason;
}
