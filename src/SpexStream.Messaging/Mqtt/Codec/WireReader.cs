using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Reads the data types of MQTT 5, 1.5, and refuses what the standard calls malformed.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Remaining => _rest.Length;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public uint VarInt()
    {
        var length = Codec.VarInt.TryRead(_rest, out var value);
        if (length <= 0)
        {
            throw Malformed.Packet("A variable byte integer is cut off, too long or not in its shortest form.");
        }

        _rest = _rest[length..];
        return value;
    }

    public string Text()
    {
        var utf8 = Take(UInt16());
        if (!Utf8.IsValid(utf8) || utf8.Contains((byte)0))
        {
            throw Malformed.Packet("A string is not UTF-8 or contains U+0000.");
        }

        return Encoding.UTF8.GetString(utf8);
    }

    public byte[] Binary() => Take(UInt16()).ToArray();

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw Malformed.Packet($"{count} bytes expected, {_rest.Length} left.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public readonly void End()
    {
        if (_rest.Length > 0)
        {
            throw Malformed.Packet($"{_rest.Length} bytes too many.");
        }
    }
}
