using System.IO.Compression;

namespace SpexStream.Raster.Cog;

/// <summary>Compresses blocks of one byte a pixel with DEFLATE (TIFF compression 8, zlib framing).</summary>
internal static class BlockCodec
{
    // Masks are runs: matching only the byte before is several times as fast as searching, and packs them better.
    private static readonly ZLibCompressionOptions Runs = new()
    {
        CompressionLevel = 4,
        CompressionStrategy = ZLibCompressionStrategy.RunLengthEncoding,
    };

    [ThreadStatic]
    private static MemoryStream? _scratch;

    /// <summary>The compressed form; a new array that the caller owns.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> pixels)
    {
        var scratch = _scratch ??= new MemoryStream(1 << 16);
        scratch.SetLength(0);
        using (var zlib = new ZLibStream(scratch, Runs, leaveOpen: true))
        {
            zlib.Write(pixels);
        }

        return scratch.GetBuffer().AsSpan(0, (int)scratch.Length).ToArray();
    }
}
