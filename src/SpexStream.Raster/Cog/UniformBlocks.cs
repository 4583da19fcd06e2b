namespace SpexStream.Raster.Cog;

/// <summary>Blocks of one value, compressed once: most blocks of a mask are of this kind.</summary>
internal static class UniformBlocks
{
    private static readonly byte[]?[] Compressed = new byte[]?[256];

    /// <summary>The compressed block if all pixels are equal, else null. The array is shared: read only.</summary>
    public static byte[]? TryGet(ReadOnlySpan<byte> pixels)
    {
        var value = pixels[0];
        if (pixels.ContainsAnyExcept(value))
        {
            return null;
        }

        // Two threads may both compress the first block of a value; they write the same bytes.
        return Compressed[value] ??= BlockCodec.Compress(pixels);
    }
}
