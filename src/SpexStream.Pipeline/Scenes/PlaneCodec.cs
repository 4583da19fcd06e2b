using System.IO.Compression;
using SpexStream.Domain.Grid;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Packs a byte plane of a tile for the time until the products are put together.</summary>
internal static class PlaneCodec
{
    private static readonly ZLibCompressionOptions Fast = new() { CompressionLevel = 1 };

    [ThreadStatic]
    private static MemoryStream? _scratch;

    /// <summary>Compresses the rows of a core that lie <paramref name="stride"/> bytes apart.</summary>
    public static unsafe byte[] Pack(byte* plane, PixelWindow core, int stride)
    {
        var scratch = _scratch ??= new MemoryStream(1 << 16);
        scratch.SetLength(0);
        using (var deflate = new DeflateStream(scratch, Fast, leaveOpen: true))
        {
            for (var row = 0; row < core.Height; row++)
            {
                deflate.Write(new ReadOnlySpan<byte>(plane + ((nint)row * stride), core.Width));
            }
        }

        return scratch.GetBuffer().AsSpan(0, (int)scratch.Length).ToArray();
    }

    /// <summary>A whole plane of one value.</summary>
    public static unsafe byte[] PackUniform(PixelWindow core, byte value)
    {
        var row = new byte[core.Width];
        Array.Fill(row, value);
        fixed (byte* pixels = row)
        {
            return Pack(pixels, core, 0);
        }
    }

    /// <summary>Unpacks into rows that follow each other without a gap.</summary>
    public static void Unpack(byte[] packed, Span<byte> target)
    {
        using var deflate = new DeflateStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
        deflate.ReadExactly(target);
    }
}
