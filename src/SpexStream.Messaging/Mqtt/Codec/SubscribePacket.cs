using System.Buffers;
using System.Collections.Immutable;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Asks for messages (MQTT 5, 3.8).</summary>
internal sealed record SubscribePacket(
    ushort PacketId, ImmutableArray<MqttSubscription> Subscriptions, PropertyBag Properties) : IPacket
{
    public PacketType Type => PacketType.Subscribe;

    public void Encode(ArrayBufferWriter<byte> target)
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(body);
        writer.UInt16(PacketId);
        PropertyCodec.Write(writer, Properties, PropertyScope.Subscribe);
        foreach (var subscription in Subscriptions)
        {
            if (!TopicRules.IsFilter(subscription.Filter))
            {
                throw new ArgumentException($"'{subscription.Filter}' is not a topic filter.");
            }

            writer.Text(subscription.Filter);
            writer.Byte(
                (int)subscription.Qos | (subscription.RetainAsPublished ? 8 : 0)
                | ((int)subscription.RetainHandling << 4));
        }

        FixedHeader.Write(target, Type, 2, body.WrittenSpan);
    }

    public static SubscribePacket Decode(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var packetId = PacketIds.Read(ref reader);
        var properties = PropertyCodec.Read(ref reader, PropertyScope.Subscribe);
        var subscriptions = ImmutableArray.CreateBuilder<MqttSubscription>();
        do
        {
            subscriptions.Add(ReadOne(ref reader));
        }
        while (reader.Remaining > 0);

        return new SubscribePacket(packetId, subscriptions.DrainToImmutable(), properties);
    }

    private static MqttSubscription ReadOne(ref WireReader reader)
    {
        var filter = reader.Text();
        var options = reader.Byte();
        var retain = (MqttRetainHandling)((options >> 4) & 3);

        // QoS 2 and no local are options that this client never sends.
        if (!TopicRules.IsFilter(filter) || (options & 0xc6) != 0 || !Enum.IsDefined(retain))
        {
            throw Malformed.Protocol($"Subscription to '{filter}' with options 0x{options:x2}.");
        }

        return new MqttSubscription(filter)
        {
            Qos = (MqttQos)(options & 1),
            RetainAsPublished = (options & 8) != 0,
            RetainHandling = retain,
        };
    }
}
