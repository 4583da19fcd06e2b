using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Makes the one exception of the decoder.</summary>
internal static class Malformed
{
    public static MqttProtocolException Packet(string message) => new(MqttReasonCode.MalformedPacket, message);

    public static MqttProtocolException Protocol(string message) => new(MqttReasonCode.ProtocolError, message);
}
