using System.Buffers.Binary;

namespace SpexStream.Raster.Cog;

/// <summary>Reads single tags of the first directory of a little-endian classic TIFF, as GDAL writes it in
/// memory.</summary>
internal static class TiffTagReader
{
    public static IReadOnlyList<TiffTag> Read(ReadOnlySpan<byte> file, IReadOnlySet<int> wanted)
    {
        if (file.Length < 8 || file[0] != 'I' || file[1] != 'I'
            || BinaryPrimitives.ReadUInt16LittleEndian(file[2..]) != 42)
        {
            throw new InvalidDataException("Not a little-endian classic TIFF.");
        }

        var directory = (int)BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file[directory..]);
        var tags = new List<TiffTag>();
        for (var i = 0; i < count; i++)
        {
            var entry = file.Slice(directory + 2 + (i * 12), 12);
            int tag = BinaryPrimitives.ReadUInt16LittleEndian(entry);
            if (!wanted.Contains(tag))
            {
                continue;
            }

            int type = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
            var values = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
            var bytes = checked((int)(values * TiffTag.SizeOf(type)));
            var data = bytes <= 4
                ? entry.Slice(8, bytes)
                : file.Slice((int)BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]), bytes);
            tags.Add(new TiffTag(tag, type, values, data.ToArray()));
        }

        return tags;
    }
}
