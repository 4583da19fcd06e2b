using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Appends the data types of MQTT 5, 1.5, and refuses values that they cannot hold.</summary>
internal readonly struct WireWriter(ArrayBufferWriter<byte> target)
{
    private static readonly UTF8Encoding Strict = new(false, true);

    public void Byte(int value)
    {
        target.GetSpan(1)[0] = checked((byte)value);
        target.Advance(1);
    }

    public void UInt16(uint value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target.GetSpan(2), checked((ushort)value));
        target.Advance(2);
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target.GetSpan(4), value);
        target.Advance(4);
    }

    public void VarInt(uint value) => target.Advance(Codec.VarInt.Write(target.GetSpan(4), value));

    /// <exception cref="ArgumentException">Above 65,535 bytes, unpaired surrogates, or U+0000.</exception>
    public void Text(string value)
    {
        var length = Strict.GetByteCount(value);
        if (length > ushort.MaxValue || value.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("An MQTT string has at most 65535 bytes and no U+0000.", nameof(value));
        }

        UInt16((uint)length);
        Strict.GetBytes(value, target.GetSpan(length));
        target.Advance(length);
    }

    /// <exception cref="ArgumentException">Above 65,535 bytes.</exception>
    public void Binary(ReadOnlySpan<byte> value)
    {
        if (value.Length > ushort.MaxValue)
        {
            throw new ArgumentException("Binary data in MQTT has at most 65535 bytes.", nameof(value));
        }

        UInt16((uint)value.Length);
        target.Write(value);
    }

    public void Raw(ReadOnlySpan<byte> value) => target.Write(value);
}
