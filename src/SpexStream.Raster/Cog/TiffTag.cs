using System.Buffers.Binary;
using System.Text;

namespace SpexStream.Raster.Cog;

/// <summary>One entry of a TIFF directory: tag, field type (TIFF 6.0 section 2, BigTIFF) and its values,
/// little-endian.</summary>
internal sealed record TiffTag(int Tag, int Type, long Count, byte[] Data)
{
    public const int Ascii = 2;
    public const int Short = 3;
    public const int Long = 4;
    public const int Double = 12;
    public const int Long8 = 16;

    /// <summary>Bytes of one value of a field type.</summary>
    public static int SizeOf(int type) => type switch
    {
        1 or Ascii or 6 or 7 => 1,
        Short or 8 => 2,
        Long or 9 or 11 or 13 => 4,
        5 or 10 or Double or Long8 or 17 or 18 => 8,
        _ => throw new InvalidDataException($"TIFF field type {type} is unknown."),
    };

    public static TiffTag OfShorts(int tag, params ReadOnlySpan<ushort> values)
    {
        var data = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(i * 2), values[i]);
        }

        return new(tag, Short, values.Length, data);
    }

    public static TiffTag OfLong(int tag, int value)
    {
        var data = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(data, value);
        return new(tag, Long, 1, data);
    }

    public static TiffTag OfText(int tag, string text)
    {
        var data = new byte[Encoding.ASCII.GetByteCount(text) + 1];
        Encoding.ASCII.GetBytes(text, data);
        return new(tag, Ascii, data.Length, data);
    }

    /// <summary>Block offsets or sizes: 4 bytes each in a classic file, 8 in a BigTIFF.</summary>
    public static TiffTag OfOffsets(int tag, ReadOnlySpan<long> values, bool big)
    {
        var size = big ? 8 : 4;
        var data = new byte[values.Length * size];
        for (var i = 0; i < values.Length; i++)
        {
            if (big)
            {
                BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(i * size), values[i]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(i * size), checked((uint)values[i]));
            }
        }

        return new(tag, big ? Long8 : Long, values.Length, data);
    }
}
