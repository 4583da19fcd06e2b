using System.Buffers;
using System.Collections.Immutable;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>The answer to SUBSCRIBE or UNSUBSCRIBE, one code per filter (MQTT 5, 3.9 and 3.11).</summary>
internal sealed record SubackPacket(
    PacketType Type, ushort PacketId, ImmutableArray<MqttReasonCode> Reasons, PropertyBag Properties) : IPacket
{
    private PropertyScope Scope => Type == PacketType.Suback ? PropertyScope.Suback : PropertyScope.Unsuback;

    public void Encode(ArrayBufferWriter<byte> target)
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(body);
        writer.UInt16(PacketId);
        PropertyCodec.Write(writer, Properties, Scope);
        foreach (var reason in Reasons)
        {
            writer.Byte((int)reason);
        }

        FixedHeader.Write(target, Type, 0, body.WrittenSpan);
    }

    public static SubackPacket Decode(PacketType type, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var empty = new SubackPacket(type, PacketIds.Read(ref reader), [], new());
        var properties = PropertyCodec.Read(ref reader, empty.Scope);
        var reasons = ImmutableArray.CreateBuilder<MqttReasonCode>(reader.Remaining);
        while (reader.Remaining > 0)
        {
            reasons.Add(ReasonCodes.Read(reader.Byte(), type));
        }

        return empty with { Reasons = reasons.DrainToImmutable(), Properties = properties };
    }
}
