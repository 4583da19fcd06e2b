using System.Buffers.Binary;

namespace SpexStream.Raster.Cog;

/// <summary>Serialises TIFF directories (TIFF 6.0 section 2; BigTIFF with 8-byte counts and offsets).</summary>
internal static class TiffDirectory
{
    public static int HeaderSize(bool big) => big ? 16 : 8;

    /// <summary>Bytes of a directory with its values that do not fit inline, rounded up to even.</summary>
    public static long Size(IReadOnlyCollection<TiffTag> tags, bool big)
    {
        long size = (big ? 8 : 2) + ((long)tags.Count * EntrySize(big)) + OffsetSize(big);
        foreach (var tag in tags.Where(tag => tag.Data.Length > OffsetSize(big)))
        {
            size += Even(tag.Data.Length);
        }

        return Even(size);
    }

    /// <summary>The file header.</summary>
    public static void WriteHeader(Stream stream, bool big)
    {
        Span<byte> header = stackalloc byte[HeaderSize(big)];
        header.Clear();
        header[0] = header[1] = (byte)'I';
        header[2] = (byte)(big ? 43 : 42);
        if (big)
        {
            header[4] = 8;
            header[8] = 16;
        }
        else
        {
            header[4] = 8;
        }

        stream.Write(header);
    }

    /// <summary>Writes one directory that starts at <paramref name="start"/>; <paramref name="next"/> is the offset of
    /// the next, 0 for none.</summary>
    public static void Write(Stream stream, IReadOnlyCollection<TiffTag> tags, long start, long next, bool big)
    {
        var buffer = new byte[Size(tags, big)];
        var span = buffer.AsSpan();
        var entry = big ? 8 : 2;
        if (big)
        {
            BinaryPrimitives.WriteInt64LittleEndian(span, tags.Count);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(span, (ushort)tags.Count);
        }

        var values = entry + (tags.Count * EntrySize(big)) + OffsetSize(big);
        foreach (var tag in tags.OrderBy(tag => tag.Tag))
        {
            var target = span.Slice(entry, EntrySize(big));
            BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)tag.Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(target[2..], (ushort)tag.Type);
            WriteOffset(target[4..], tag.Count, big);
            var inline = target[(big ? 12 : 8)..];
            if (tag.Data.Length <= OffsetSize(big))
            {
                tag.Data.CopyTo(inline);
            }
            else
            {
                WriteOffset(inline, start + values, big);
                tag.Data.CopyTo(span[values..]);
                values += (int)Even(tag.Data.Length);
            }

            entry += EntrySize(big);
        }

        WriteOffset(span[entry..], next, big);
        stream.Write(buffer);
    }

    private static int EntrySize(bool big) => big ? 20 : 12;

    private static int OffsetSize(bool big) => big ? 8 : 4;

    private static long Even(long size) => (size + 1) & ~1L;

    private static void WriteOffset(Span<byte> target, long value, bool big)
    {
        if (big)
        {
            BinaryPrimitives.WriteInt64LittleEndian(target, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target, checked((uint)value));
        }
    }
}
