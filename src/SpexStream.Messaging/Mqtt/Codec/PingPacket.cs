using System.Buffers;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>PINGREQ or PINGRESP: a type and nothing else (MQTT 5, 3.12 and 3.13).</summary>
internal sealed record PingPacket(PacketType Type) : IPacket
{
    public static PingPacket Request { get; } = new(PacketType.Pingreq);

    public static PingPacket Response { get; } = new(PacketType.Pingresp);

    public void Encode(ArrayBufferWriter<byte> target) => FixedHeader.Write(target, Type, 0, []);
}
