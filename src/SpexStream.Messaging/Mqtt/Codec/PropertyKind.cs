namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>How the value of a property is written.</summary>
internal enum PropertyKind
{
    Byte,
    UInt16,
    UInt32,
    VarInt,
    Text,
    Binary,
    Pair,
}
