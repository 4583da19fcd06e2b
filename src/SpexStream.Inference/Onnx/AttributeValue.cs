using System.Text;
using Google.Protobuf;

namespace SpexStream.Inference.Onnx;

/// <summary>One attribute of a node. Made from a value: <c>("axis", 1)</c>.</summary>
public readonly struct AttributeValue
{
    private AttributeValue(AttributeProto proto) => Proto = proto;

    internal AttributeProto Proto { get; }

    /// <summary>An integer.</summary>
    public static implicit operator AttributeValue((string Name, int Value) attribute) => new(new AttributeProto
    {
        Name = attribute.Name,
        Type = AttributeProto.Types.AttributeType.Int,
        I = attribute.Value,
    });

    /// <summary>A number.</summary>
    public static implicit operator AttributeValue((string Name, float Value) attribute) => new(new AttributeProto
    {
        Name = attribute.Name,
        Type = AttributeProto.Types.AttributeType.Float,
        F = attribute.Value,
    });

    /// <summary>A word.</summary>
    public static implicit operator AttributeValue((string Name, string Value) attribute) => new(new AttributeProto
    {
        Name = attribute.Name,
        Type = AttributeProto.Types.AttributeType.String,
        S = ByteString.CopyFrom(attribute.Value, Encoding.UTF8),
    });

    /// <summary>Integers.</summary>
    public static implicit operator AttributeValue((string Name, long[] Values) attribute)
    {
        var proto = new AttributeProto { Name = attribute.Name, Type = AttributeProto.Types.AttributeType.Ints };
        proto.Ints.AddRange(attribute.Values);
        return new(proto);
    }
}
