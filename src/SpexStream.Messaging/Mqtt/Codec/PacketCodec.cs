namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Decodes packets by their type.</summary>
internal static class PacketCodec
{
    /// <summary>Decodes one packet. Pure: the same bytes give the same packet or the same objection.</summary>
    /// <param name="header">The fixed header.</param>
    /// <param name="body">The bytes behind it; of a PUBLISH at least the variable header.</param>
    /// <exception cref="Domain.Ports.Mqtt.MqttProtocolException">The bytes are not a packet; nothing else is thrown.
    /// </exception>
    public static IPacket Decode(FixedHeader header, ReadOnlySpan<byte> body) => header.Type switch
    {
        PacketType.Publish => PublishPacket.Decode(header, body),
        PacketType.Puback => PubackPacket.Decode(body),
        PacketType.Connect => ConnectPacket.Decode(body),
        PacketType.Connack => ConnackPacket.Decode(body),
        PacketType.Subscribe => SubscribePacket.Decode(body),
        PacketType.Suback or PacketType.Unsuback => SubackPacket.Decode(header.Type, body),
        PacketType.Unsubscribe => UnsubscribePacket.Decode(body),
        PacketType.Disconnect => DisconnectPacket.Decode(body),
        PacketType.Pingreq when body.IsEmpty => PingPacket.Request,
        PacketType.Pingresp when body.IsEmpty => PingPacket.Response,
        _ => throw Malformed.Packet($"{header.Type} with {body.Length} bytes."),
    };
}
