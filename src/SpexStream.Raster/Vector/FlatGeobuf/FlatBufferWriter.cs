using System.Buffers.Binary;
using System.Text;

namespace SpexStream.Raster.Vector.FlatGeobuf;

/// <summary>
/// Writes a size-prefixed FlatBuffer from front to back: a table first, then what its fields point to. As much of the
/// format as headers need; alignment counts from the prefix.
/// </summary>
internal sealed class FlatBufferWriter
{
    private byte[] _bytes = new byte[256];
    private int _length = 2 * sizeof(int);

    /// <summary>
    /// Writes a table. Fields lie in the order in which they are given, larger ones first.
    /// </summary>
    /// <param name="pointer">Where the offset to the table lies; 4 for the root.</param>
    /// <param name="fields">Number of each field in the schema, and its size in bytes.</param>
    /// <returns>Where each field lies, in the same order.</returns>
    public int[] Table(int pointer, params ReadOnlySpan<(int Field, int Bytes)> fields)
    {
        var slots = 0;
        var size = sizeof(int) + (fields[0].Bytes == sizeof(long) ? sizeof(int) : 0);
        var start = size;
        foreach (var (field, bytes) in fields)
        {
            slots = Math.Max(slots, field + 1);
            size += bytes;
        }

        var layout = Take(sizeof(short) * (2 + slots), sizeof(short));
        var table = Take(size, sizeof(long));
        Point(pointer, table);
        SetInt16(layout, sizeof(short) * (2 + slots));
        SetInt16(layout + sizeof(short), size);
        SetInt32(table, table - layout);
        var places = new int[fields.Length];
        for (var (i, at) = (0, start); i < fields.Length; at += fields[i++].Bytes)
        {
            places[i] = table + at;
            SetInt16(layout + (sizeof(short) * (2 + fields[i].Field)), at);
        }

        return places;
    }

    /// <summary>Writes a list of offsets, each to be pointed at something.</summary>
    /// <returns>Where the first offset lies.</returns>
    public int Offsets(int pointer, int count)
    {
        var at = Take(sizeof(int) * (1 + count), sizeof(int));
        Point(pointer, at);
        SetInt32(at, count);
        return at + sizeof(int);
    }

    /// <summary>Writes a text in UTF-8.</summary>
    public void Text(int pointer, string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        // A zero byte ends it that does not count.
        var at = Take(sizeof(int) + count + 1, sizeof(int));
        Point(pointer, at);
        SetInt32(at, count);
        Encoding.UTF8.GetBytes(text, _bytes.AsSpan(at + sizeof(int)));
    }

    /// <summary>Writes a list of numbers.</summary>
    public void Doubles(int pointer, params ReadOnlySpan<double> numbers)
    {
        Take((sizeof(long) - sizeof(int) - _length) & (sizeof(long) - 1), 1);
        var at = Take(sizeof(int) + (sizeof(double) * numbers.Length), sizeof(int));
        Point(pointer, at);
        SetInt32(at, numbers.Length);
        at += sizeof(int);
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(at), number);
            at += sizeof(double);
        }
    }

    public void SetByte(int at, byte value) => _bytes[at] = value;

    public void SetInt16(int at, int value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(at), (ushort)value);

    public void SetInt32(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(at), value);

    public void SetInt64(int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(at), value);

    /// <summary>The buffer with its prefix.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        Take(0, sizeof(long));
        SetInt32(0, _length - sizeof(int));
        return _bytes.AsSpan(0, _length);
    }

    private void Point(int pointer, int target) => SetInt32(pointer, target - pointer);

    private int Take(int bytes, int alignment)
    {
        var at = (_length + alignment - 1) & -alignment;
        _length = at + bytes;
        if (_length > _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _length);
        }

        return at;
    }
}
