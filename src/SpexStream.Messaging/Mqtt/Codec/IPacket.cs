using System.Buffers;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>A control packet that knows its bytes.</summary>
internal interface IPacket
{
    PacketType Type { get; }

    /// <summary>Appends the packet, fixed header included; of a PUBLISH everything but the payload.</summary>
    /// <exception cref="ArgumentException">A value cannot be expressed in MQTT.</exception>
    void Encode(ArrayBufferWriter<byte> target);
}
