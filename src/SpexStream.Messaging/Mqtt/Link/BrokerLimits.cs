using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>What the broker said on accepting (MQTT 5, 3.2.2.3), with the standard's values for what it left out.
/// </summary>
internal sealed record BrokerLimits(int ReceiveMaximum, long MaximumPacketBytes, bool KeepsMessages, TimeSpan KeepAlive)
{
    /// <exception cref="MqttRefusedException">The broker offers less than this client needs.</exception>
    public static BrokerLimits Of(PropertyBag connack, TimeSpan askedKeepAlive)
    {
        if (connack.Number(PropertyId.MaximumQos) == 0)
        {
            throw new MqttRefusedException("QoS 1", MqttReasonCode.QosNotSupported);
        }

        return new BrokerLimits(
            (int)(connack.Number(PropertyId.ReceiveMaximum) ?? ushort.MaxValue),
            connack.Number(PropertyId.MaximumPacketSize) ?? VarInt.Maximum + FixedHeader.MaximumLength,
            connack.Number(PropertyId.RetainAvailable) != 0,
            connack.Number(PropertyId.ServerKeepAlive) is { } seconds ? TimeSpan.FromSeconds(seconds) : askedKeepAlive);
    }

    /// <summary>Why a publish must not be sent to this broker, or null.</summary>
    public MqttRefusedException? Objection(OutgoingPublish publish) =>
        publish.PacketLength > MaximumPacketBytes
            ? new MqttRefusedException(
                $"publish to {publish.Message.Topic}",
                MqttReasonCode.PacketTooLarge,
                $"{publish.PacketLength} bytes, it takes {MaximumPacketBytes}")
            : publish.Message.Retain && !KeepsMessages
                ? new MqttRefusedException($"publish to {publish.Message.Topic}", MqttReasonCode.RetainNotSupported)
                : null;
}
