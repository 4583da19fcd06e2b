using System.Buffers;
using System.Buffers.Binary;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>
/// PUBLISH without its payload (MQTT 5, 3.3), which travels beside it so that nothing large is copied. The packet id is
/// 0 exactly on QoS 0.
/// </summary>
internal sealed record PublishPacket : IPacket
{
    public required string Topic { get; init; }

    public int Qos { get; init; }

    public bool Duplicate { get; init; }

    public bool Retain { get; init; }

    public ushort PacketId { get; init; }

    public PropertyBag Properties { get; init; } = new();

    public int PayloadLength { get; init; }

    public PacketType Type => PacketType.Publish;

    public void Encode(ArrayBufferWriter<byte> target)
    {
        if (!TopicRules.IsName(Topic))
        {
            throw new ArgumentException($"'{Topic}' is not a topic to publish under.");
        }

        var body = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(body);
        writer.Text(Topic);
        if (Qos > 0)
        {
            writer.UInt16(PacketId);
        }

        PropertyCodec.Write(writer, Properties, PropertyScope.Publish);
        var flags = (Duplicate ? 8 : 0) | (Qos << 1) | (Retain ? 1 : 0);
        FixedHeader.Write(target, Type, flags, body.WrittenSpan, PayloadLength);
    }

    /// <summary>Finds out how long the variable header is, from its first bytes.</summary>
    /// <returns>Its bytes when they can be told; otherwise how many bytes are needed for the next look,
    /// negated.</returns>
    public static long MeasureHeader(FixedHeader header, ReadOnlySpan<byte> start)
    {
        if (start.Length < 2)
        {
            return -2;
        }

        var fixedPart = 2 + BinaryPrimitives.ReadUInt16BigEndian(start) + ((header.Flags & 6) != 0 ? 2 : 0);
        if (start.Length <= fixedPart)
        {
            return -(fixedPart + 1);
        }

        var length = VarInt.TryRead(start[fixedPart..], out var properties);
        return length switch
        {
            > 0 => fixedPart + length + (long)properties,
            0 => -(start.Length + 1),
            _ => throw Malformed.Packet("The length of the properties is malformed."),
        };
    }

    /// <param name="header">The fixed header.</param>
    /// <param name="variable">At least the variable header; the rest is payload and not looked at.</param>
    public static PublishPacket Decode(FixedHeader header, ReadOnlySpan<byte> variable)
    {
        var qos = (header.Flags >> 1) & 3;
        var duplicate = (header.Flags & 8) != 0;
        if (qos > 1 || (qos == 0 && duplicate))
        {
            throw Malformed.Protocol($"A message of QoS {qos}{(duplicate ? ", marked as a repeat" : "")}.");
        }

        var reader = new WireReader(variable);
        var topic = reader.Text();
        var packetId = qos > 0 ? reader.UInt16() : (ushort)0;
        if (!TopicRules.IsName(topic) || (qos > 0 && packetId == 0))
        {
            throw Malformed.Protocol($"A message with topic '{topic}' and packet id {packetId}.");
        }

        var properties = PropertyCodec.Read(ref reader, PropertyScope.Publish);
        if (properties.Number(PropertyId.TopicAlias) is not null)
        {
            throw new MqttProtocolException(
                MqttReasonCode.TopicAliasInvalid, "Topic aliases were not offered.");
        }

        return new PublishPacket
        {
            Topic = topic,
            Qos = qos,
            Duplicate = duplicate,
            Retain = (header.Flags & 1) != 0,
            PacketId = packetId,
            Properties = properties,
            PayloadLength = header.RemainingLength - (variable.Length - reader.Remaining),
        };
    }
}
