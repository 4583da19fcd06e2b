using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SpexStream.Domain.Regions;

/// <summary>Fills a buffer of known size with numbers and arrays, and a checksum at its end.</summary>
internal ref struct SpanWriter(byte[] buffer)
{
    private readonly byte[] _buffer = buffer;
    private int _at = 0;

    public void Put(params scoped ReadOnlySpan<int> values) => PutAll(values);

    public void PutAll<T>(scoped ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        bytes.CopyTo(_buffer.AsSpan(_at));
        _at += bytes.Length;
    }

    /// <summary>Appends the checksum, which must just fit.</summary>
    public readonly byte[] Seal()
    {
        if (_at + sizeof(uint) != _buffer.Length)
        {
            throw new InvalidOperationException($"{_at} bytes were written for {_buffer.Length}.");
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_at), Crc32C.Of(_buffer.AsSpan(0, _at)));
        return _buffer;
    }
}

/// <summary>Reads what <see cref="SpanWriter"/> wrote.</summary>
internal ref struct SpanReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at = 0;

    public readonly bool IsSealed() =>
        Crc32C.Of(_bytes[..^sizeof(uint)]) == BinaryPrimitives.ReadUInt32LittleEndian(_bytes[^sizeof(uint)..]);

    public int Next()
    {
        var value = BinaryPrimitives.ReadInt32LittleEndian(_bytes[_at..]);
        _at += sizeof(int);
        return value;
    }

    public unsafe T[] Array<T>(int length)
        where T : unmanaged
    {
        if (length < 0 || (long)length * sizeof(T) > _bytes.Length - sizeof(uint) - _at)
        {
            throw new InvalidDataException($"{length} values do not fit into the tile result.");
        }

        var values = new T[length];
        _bytes.Slice(_at, length * sizeof(T)).CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        _at += length * sizeof(T);
        return values;
    }
}
