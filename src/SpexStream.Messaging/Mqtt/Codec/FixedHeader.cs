using System.Buffers;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Type, flags and remaining length: the first two to five bytes of every packet (MQTT 5, 2.1).</summary>
internal readonly record struct FixedHeader(PacketType Type, int Flags, int RemainingLength, int Length)
{
    public const int MaximumLength = 1 + VarInt.MaximumLength;

    /// <summary>Bytes of the whole packet.</summary>
    public long PacketLength => (long)Length + RemainingLength;

    /// <returns>False when more bytes are needed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out FixedHeader header)
    {
        header = default;
        if (source.IsEmpty)
        {
            return false;
        }

        var type = (PacketType)(source[0] >> 4);
        var flags = source[0] & 0x0f;
        CheckFlags(type, flags);
        var length = VarInt.TryRead(source[1..], out var remaining);
        if (length < 0)
        {
            throw Malformed.Packet("The remaining length is too long or not in its shortest form.");
        }

        header = new FixedHeader(type, flags, (int)remaining, 1 + length);
        return length > 0;
    }

    /// <summary>Appends header and body; <paramref name="payloadLength"/> bytes are to follow by another way.</summary>
    public static void Write(
        ArrayBufferWriter<byte> target, PacketType type, int flags, ReadOnlySpan<byte> body, int payloadLength = 0)
    {
        var remaining = (long)body.Length + payloadLength;
        if (remaining > VarInt.Maximum)
        {
            throw new ArgumentException($"A packet of {remaining} bytes is above the 256 MiB of MQTT.", nameof(body));
        }

        var writer = new WireWriter(target);
        writer.Byte(((int)type << 4) | flags);
        writer.VarInt((uint)remaining);
        writer.Raw(body);
    }

    private static void CheckFlags(PacketType type, int flags)
    {
        var expected = type switch
        {
            PacketType.Publish => flags,
            PacketType.Subscribe or PacketType.Unsubscribe => 2,
            _ => 0,
        };
        if (!Enum.IsDefined(type) || flags != expected)
        {
            throw Malformed.Packet($"Packet type {(int)type} with flags {flags} is not expected.");
        }
    }
}
