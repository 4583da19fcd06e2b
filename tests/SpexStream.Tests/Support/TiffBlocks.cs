using System.IO.Compression;
using SpexStream.Domain.Imagery;

namespace SpexStream.Tests.Support;

/// <summary>Cuts samples into the strips or tiles that a TIFF stores.</summary>
internal static class TiffBlocks
{
    /// <summary>The blocks in file order.</summary>
    public static IEnumerable<byte[]> Of(TestTiff tiff, Func<int, int, int, double> sample)
    {
        var (width, height) = tiff.TileEdge is { } edge ? (edge, edge) : (tiff.Width, tiff.RowsPerStrip);
        var planes = tiff.PixelInterleaved ? 1 : tiff.Bands;
        for (var plane = 0; plane < planes; plane++)
        {
            for (var top = 0; top < tiff.Height; top += height)
            {
                for (var left = 0; left < tiff.Width; left += width)
                {
                    // The last strip is shorter; a tile is always whole.
                    var rows = tiff.TileEdge is null ? Math.Min(height, tiff.Height - top) : height;
                    var block = Block(tiff, sample, plane, left, top, width, rows);
                    yield return tiff.Deflate ? Deflated(block) : block;
                }
            }
        }
    }

    private static byte[] Block(
        TestTiff tiff, Func<int, int, int, double> sample, int plane, int left, int top, int width, int rows)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var (first, count) = tiff.PixelInterleaved ? (0, tiff.Bands) : (plane, 1);
        for (var row = top; row < top + rows; row++)
        {
            for (var column = left; column < left + width; column++)
            {
                for (var band = first; band < first + count; band++)
                {
                    var inside = column < tiff.Width && row < tiff.Height;
                    Put(writer, tiff.Type, inside ? sample(band, column, row) : 0);
                    if (tiff.IsComplex)
                    {
                        Put(writer, tiff.Type, 0);
                    }
                }
            }
        }

        return bytes.ToArray();
    }

    private static void Put(BinaryWriter writer, PixelType type, double value)
    {
        switch (type)
        {
            case PixelType.UInt8:
                writer.Write((byte)value);
                break;
            case PixelType.Int16:
                writer.Write((short)value);
                break;
            case PixelType.UInt16:
                writer.Write((ushort)value);
                break;
            default:
                writer.Write((float)value);
                break;
        }
    }

    private static byte[] Deflated(byte[] block)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(block);
        }

        return packed.ToArray();
    }
}
