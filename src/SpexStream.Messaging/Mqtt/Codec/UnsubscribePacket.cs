using System.Buffers;
using System.Collections.Immutable;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Asks for no more messages (MQTT 5, 3.10).</summary>
internal sealed record UnsubscribePacket(ushort PacketId, ImmutableArray<string> Filters, PropertyBag Properties)
    : IPacket
{
    public PacketType Type => PacketType.Unsubscribe;

    public void Encode(ArrayBufferWriter<byte> target)
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(body);
        writer.UInt16(PacketId);
        PropertyCodec.Write(writer, Properties, PropertyScope.Unsubscribe);
        foreach (var filter in Filters)
        {
            if (!TopicRules.IsFilter(filter))
            {
                throw new ArgumentException($"'{filter}' is not a topic filter.");
            }

            writer.Text(filter);
        }

        FixedHeader.Write(target, Type, 2, body.WrittenSpan);
    }

    public static UnsubscribePacket Decode(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var packetId = PacketIds.Read(ref reader);
        var properties = PropertyCodec.Read(ref reader, PropertyScope.Unsubscribe);
        var filters = ImmutableArray.CreateBuilder<string>();
        do
        {
            var filter = reader.Text();
            filters.Add(TopicRules.IsFilter(filter) ? filter : throw Malformed.Protocol($"Filter '{filter}'."));
        }
        while (reader.Remaining > 0);

        return new UnsubscribePacket(packetId, filters.DrainToImmutable(), properties);
    }
}
