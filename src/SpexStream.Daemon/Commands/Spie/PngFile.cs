using System.Buffers.Binary;
using System.IO.Compression;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>Writes pictures as PNG (ISO/IEC 15948): 8 bits, grey or red, green, blue.</summary>
internal static class PngFile
{
    private const byte Grey = 0;
    private const byte Colour = 2;
    private const byte FilterSub = 1;

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(Remainder)];

    /// <summary>Writes a picture aside and puts it into place: a file of this name is always whole.</summary>
    /// <param name="path">The file; replaced.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="pixels">Row by row, channels interleaved.</param>
    public static void Write(string path, int width, int channels, ReadOnlySpan<byte> pixels)
    {
        var aside = path + ".new";
        using (var stream = File.Create(aside))
        {
            stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
            var header = new byte[13];
            BinaryPrimitives.WriteInt32BigEndian(header, width);
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), pixels.Length / (width * channels));
            (header[8], header[9]) = (8, channels == 1 ? Grey : Colour);
            WriteChunk(stream, "IHDR"u8, header);
            WriteChunk(stream, "IDAT"u8, Packed(width * channels, channels, pixels));
            WriteChunk(stream, "IEND"u8, []);
        }

        File.Move(aside, path, overwrite: true);
    }

    private static ReadOnlySpan<byte> Packed(int rowBytes, int channels, ReadOnlySpan<byte> pixels)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var line = new byte[rowBytes + 1];
            line[0] = FilterSub;
            for (; !pixels.IsEmpty; pixels = pixels[rowBytes..])
            {
                for (var i = 0; i < rowBytes; i++)
                {
                    line[i + 1] = (byte)(pixels[i] - (i < channels ? 0 : pixels[i - channels]));
                }

                stream.Write(line);
            }
        }

        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Check(Check(uint.MaxValue, type), data));
        stream.Write(number);
    }

    private static uint Check(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            sum = Remainders[(byte)(sum ^ value)] ^ (sum >> 8);
        }

        return sum;
    }

    private static uint Remainder(int value)
    {
        var remainder = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            remainder = (remainder & 1) != 0 ? 0xEDB88320 ^ (remainder >> 1) : remainder >> 1;
        }

        return remainder;
    }
}
