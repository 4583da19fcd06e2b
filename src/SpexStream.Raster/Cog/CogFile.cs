using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Raster.Cog;

/// <summary>
/// Puts a cloud-optimized GeoTIFF together: header, the directories from full resolution to the smallest overview, then
/// the blocks from the smallest overview to full resolution, each level in row order.
/// </summary>
internal static class CogFile
{
    public static void Write(
        Stream stream, CogLayout layout, ByteRasterFormat format, StoredBlock[][] blocks, BlockSpool spool, bool big)
    {
        var geo = GeoTags.For(format.Transform, format.Crs);
        var levels = layout.Levels;
        var starts = new long[levels.Count + 1];
        starts[0] = TiffDirectory.HeaderSize(big);
        for (var i = 0; i < levels.Count; i++)
        {
            starts[i + 1] = starts[i] + TiffDirectory.Size(
                Tags(levels[i], format, geo, new long[levels[i].BlockCount], blocks[i], big), big);
        }

        var offsets = new long[levels.Count][];
        var position = starts[^1];
        for (var i = levels.Count - 1; i >= 0; i--)
        {
            offsets[i] = new long[blocks[i].Length];
            for (var b = 0; b < blocks[i].Length; b++)
            {
                offsets[i][b] = position;
                position += blocks[i][b].Length;
            }
        }

        TiffDirectory.WriteHeader(stream, big);
        for (var i = 0; i < levels.Count; i++)
        {
            var next = i + 1 < levels.Count ? starts[i + 1] : 0;
            TiffDirectory.Write(stream, Tags(levels[i], format, geo, offsets[i], blocks[i], big), starts[i], next, big);
        }

        foreach (var level in blocks.Reverse())
        {
            foreach (var block in level)
            {
                spool.CopyTo(block, stream);
            }
        }
    }

    private static List<TiffTag> Tags(
        CogLevel level, ByteRasterFormat format, IReadOnlyList<TiffTag> geo, long[] offsets, StoredBlock[] blocks,
            bool big)
    {
        var sizes = Array.ConvertAll(blocks, block => (long)block.Length);
        List<TiffTag> tags =
        [
            TiffTag.OfLong(254, level.Level == 0 ? 0 : 1), // NewSubfileType: reduced resolution
            TiffTag.OfLong(256, level.Width),
            TiffTag.OfLong(257, level.Height),
            TiffTag.OfShorts(258, 8), // BitsPerSample
            TiffTag.OfShorts(259, 8), // Compression: Adobe DEFLATE
            TiffTag.OfShorts(262, 1), // PhotometricInterpretation: BlackIsZero
            TiffTag.OfShorts(277, 1), // SamplesPerPixel
            TiffTag.OfShorts(284, 1), // PlanarConfiguration: chunky
            TiffTag.OfShorts(322, CogLayout.BlockSize),
            TiffTag.OfShorts(323, CogLayout.BlockSize),
            TiffTag.OfOffsets(324, offsets, big),
            TiffTag.OfOffsets(325, sizes, big),
            TiffTag.OfShorts(339, 1), // SampleFormat: unsigned
        ];
        if (format.Nodata is { } nodata)
        {
            tags.Add(TiffTag.OfText(42113, nodata.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        if (level.Level == 0)
        {
            tags.AddRange(geo);
        }

        return tags;
    }
}
