using System.Buffers;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>The broker's answer to CONNECT (MQTT 5, 3.2).</summary>
internal sealed record ConnackPacket(bool SessionPresent, MqttReasonCode Reason, PropertyBag Properties) : IPacket
{
    public PacketType Type => PacketType.Connack;

    public void Encode(ArrayBufferWriter<byte> target)
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(body);
        writer.Byte(SessionPresent ? 1 : 0);
        writer.Byte((int)Reason);
        PropertyCodec.Write(writer, Properties, PropertyScope.Connack);
        FixedHeader.Write(target, Type, 0, body.WrittenSpan);
    }

    public static ConnackPacket Decode(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var flags = reader.Byte();
        var reason = ReasonCodes.Read(reader.Byte(), PacketType.Connack);
        if (flags > 1 || (flags == 1 && reason.IsFailure()))
        {
            throw Malformed.Protocol($"CONNACK flags {flags} do not go with {reason}.");
        }

        var packet = new ConnackPacket(flags == 1, reason, PropertyCodec.Read(ref reader, PropertyScope.Connack));
        reader.End();
        return packet;
    }
}
