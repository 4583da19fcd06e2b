using System.Buffers;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>The acknowledgement of a QoS 1 message (MQTT 5, 3.4).</summary>
internal sealed record PubackPacket(ushort PacketId, MqttReasonCode Reason, PropertyBag Properties) : IPacket
{
    public PacketType Type => PacketType.Puback;

    /// <summary>Appends the short form: success.</summary>
    public static void EncodeSuccess(ArrayBufferWriter<byte> target, ushort packetId)
    {
        var writer = new WireWriter(target);
        writer.Byte((int)PacketType.Puback << 4);
        writer.Byte(2);
        writer.UInt16(packetId);
    }

    public void Encode(ArrayBufferWriter<byte> target)
    {
        if (Reason == MqttReasonCode.Success && Properties.All.Count == 0)
        {
            EncodeSuccess(target, PacketId);
            return;
        }

        var body = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(body);
        writer.UInt16(PacketId);
        writer.Byte((int)Reason);
        PropertyCodec.Write(writer, Properties, PropertyScope.Puback);
        FixedHeader.Write(target, Type, 0, body.WrittenSpan);
    }

    public static PubackPacket Decode(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var packetId = PacketIds.Read(ref reader);
        var reason = reader.Remaining > 0
            ? ReasonCodes.Read(reader.Byte(), PacketType.Puback)
            : MqttReasonCode.Success;
        var properties = reader.Remaining > 0 ? PropertyCodec.Read(ref reader, PropertyScope.Puback) : new();
        reader.End();
        return new PubackPacket(packetId, reason, properties);
    }
}
