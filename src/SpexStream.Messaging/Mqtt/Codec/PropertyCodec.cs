using System.Buffers;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Reads and writes a property block (MQTT 5, 2.2.2), by the same rules in both directions.</summary>
internal static class PropertyCodec
{
    public static PropertyBag Read(ref WireReader reader, PropertyScope scope)
    {
        var block = new WireReader(reader.Take(checked((int)reader.VarInt())));
        var bag = new PropertyBag();
        var seen = 0UL;
        while (block.Remaining > 0)
        {
            var property = ReadOne(ref block);
            if (Objection(property, scope, ref seen) is { } objection)
            {
                throw Malformed.Protocol(objection);
            }

            bag.Add(property);
        }

        return bag;
    }

    /// <exception cref="ArgumentException">A property breaks a rule.</exception>
    public static void Write(WireWriter writer, PropertyBag bag, PropertyScope scope)
    {
        if (bag.All.Count == 0)
        {
            writer.VarInt(0);
            return;
        }

        var block = new ArrayBufferWriter<byte>();
        var seen = 0UL;
        foreach (var property in bag.All)
        {
            if (Objection(property, scope, ref seen) is { } objection)
            {
                throw new ArgumentException(objection, nameof(bag));
            }

            WriteOne(new WireWriter(block), property);
        }

        writer.VarInt((uint)block.WrittenCount);
        writer.Raw(block.WrittenSpan);
    }

    private static Property ReadOne(ref WireReader block)
    {
        var id = (PropertyId)block.VarInt();
        return PropertyRule.Of(id).Kind switch
        {
            PropertyKind.Byte => Property.Of(id, block.Byte()),
            PropertyKind.UInt16 => Property.Of(id, block.UInt16()),
            PropertyKind.UInt32 => Property.Of(id, block.UInt32()),
            PropertyKind.VarInt => Property.Of(id, block.VarInt()),
            PropertyKind.Text => Property.Of(id, block.Text()),
            PropertyKind.Binary => Property.Of(id, block.Binary()),
            _ => Property.User(block.Text(), block.Text()),
        };
    }

    private static void WriteOne(WireWriter writer, Property property)
    {
        writer.VarInt((uint)property.Id);
        switch (PropertyRule.Of(property.Id).Kind)
        {
            case PropertyKind.Byte:
                writer.Byte((int)property.Number);
                break;
            case PropertyKind.UInt16:
                writer.UInt16(property.Number);
                break;
            case PropertyKind.UInt32:
                writer.UInt32(property.Number);
                break;
            case PropertyKind.VarInt:
                writer.VarInt(property.Number);
                break;
            case PropertyKind.Text:
                writer.Text(property.Text);
                break;
            case PropertyKind.Binary:
                writer.Binary(property.Binary);
                break;
            default:
                writer.Text(property.Text);
                writer.Text(property.Second);
                break;
        }
    }

    private static string? Objection(Property property, PropertyScope scope, ref ulong seen)
    {
        var rule = PropertyRule.Of(property.Id);
        var bit = 1UL << (int)property.Id;
        var repeated = (seen & bit) != 0;
        seen |= bit;
        return (rule.Scope & scope) == 0 ? $"Property {property.Id} may not stand in {scope}."
            : repeated && !PropertyRule.MayRepeat(property.Id, scope) ? $"Property {property.Id} stands twice."
            : property.Number < rule.Least || property.Number > rule.Most ? $"{property.Id} = {property.Number}."
            : property.Id == PropertyId.ResponseTopic && !TopicRules.IsName(property.Text) ? "Bad response topic."
            : null;
    }
}
