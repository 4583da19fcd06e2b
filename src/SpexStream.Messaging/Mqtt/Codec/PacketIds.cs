namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Reads packet identifiers, which are never 0 (MQTT 5, 2.2.1).</summary>
internal static class PacketIds
{
    public static ushort Read(ref WireReader reader) =>
        reader.UInt16() is var id and > 0 ? id : throw Malformed.Protocol("Packet identifier 0.");
}
