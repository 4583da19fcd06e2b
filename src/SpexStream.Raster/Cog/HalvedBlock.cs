using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpexStream.Raster.Cog;

/// <summary>
/// A block of an overview while its four children come in. An overview pixel is the upper left of its 2 x 2 pixels
/// (nearest neighbour): codes must not be averaged, and no order of the children can change it.
/// </summary>
internal sealed class HalvedBlock
{
    private const int Half = CogLayout.BlockSize / 2;
    private readonly byte[] _pixels = new byte[CogLayout.BlockSize * CogLayout.BlockSize];
    private int _missing;

    public HalvedBlock(int children, byte padding)
    {
        _missing = children;
        if (padding != 0)
        {
            Array.Fill(_pixels, padding);
        }
    }

    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Takes every second pixel of every second row of a child; true when it was the last one
    /// missing.</summary>
    public bool Add(ReadOnlySpan<byte> child, int quadrantX, int quadrantY)
    {
        for (var row = 0; row < Half; row++)
        {
            var source = child.Slice(row * 2 * CogLayout.BlockSize, CogLayout.BlockSize);
            var target = _pixels.AsSpan((((quadrantY * Half) + row) * CogLayout.BlockSize) + (quadrantX * Half), Half);
            Halve(source, target);
        }

        return Interlocked.Decrement(ref _missing) == 0;
    }

    private static void Halve(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var pairs = MemoryMarshal.Cast<byte, ushort>(source);
        var mask = Vector128.Create((ushort)0xFF);
        for (var i = 0; i < target.Length; i += 16)
        {
            var low = Vector128.Create(pairs.Slice(i, 8)) & mask;
            var high = Vector128.Create(pairs.Slice(i + 8, 8)) & mask;
            Vector128.Narrow(low, high).CopyTo(target[i..]);
        }
    }
}
