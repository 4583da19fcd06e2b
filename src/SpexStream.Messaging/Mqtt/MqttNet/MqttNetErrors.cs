using MQTTnet.Exceptions;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Link;

namespace SpexStream.Messaging.Mqtt.MqttNet;

/// <summary>The one place where errors of MQTTnet become ours.</summary>
internal static class MqttNetErrors
{
    public static bool IsForeign(Exception cause) =>
        cause is MqttCommunicationException or MqttProtocolViolationException;

    public static MqttException Translate(Exception cause) => cause switch
    {
        MqttProtocolViolationException => new MqttProtocolException(MqttReasonCode.MalformedPacket, cause.Message),
        _ => LinkErrors.Translate(cause.InnerException ?? cause),
    };

    /// <summary>The connection ended without a packet; MQTTnet does not say why, the stream may know.</summary>
    public static MqttException Closed(Exception? failure) => failure is null
        ? new LinkLostException("The broker closed the network connection")
        : LinkErrors.Translate(failure);
}
