using System.Buffers;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>The goodbye of either side (MQTT 5, 3.14).</summary>
internal sealed record DisconnectPacket(MqttReasonCode Reason, PropertyBag Properties) : IPacket
{
    public PacketType Type => PacketType.Disconnect;

    public void Encode(ArrayBufferWriter<byte> target)
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(body);
        if (Reason != MqttReasonCode.Success || Properties.All.Count > 0)
        {
            writer.Byte((int)Reason);
            PropertyCodec.Write(writer, Properties, PropertyScope.Disconnect);
        }

        FixedHeader.Write(target, Type, 0, body.WrittenSpan);
    }

    public static DisconnectPacket Decode(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var reason = reader.Remaining > 0
            ? ReasonCodes.Read(reader.Byte(), PacketType.Disconnect)
            : MqttReasonCode.Success;
        var properties = reader.Remaining > 0 ? PropertyCodec.Read(ref reader, PropertyScope.Disconnect) : new();
        reader.End();
        return new DisconnectPacket(reason, properties);
    }
}
