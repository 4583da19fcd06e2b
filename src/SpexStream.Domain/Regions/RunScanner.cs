using System.Numerics;
using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Finds the runs of equal bytes in the rows of one tile, many bytes at a time: each byte is compared with its right
/// neighbour, and only the places that differ are visited. Keeps its buffers from tile to tile; one thread at a time.
/// </summary>
internal sealed unsafe class RunScanner
{
    private ushort[] _ends = new ushort[8192];
    private byte[] _codes = new byte[8192];
    private int _count;

    /// <summary>Codes <paramref name="height"/> rows of <paramref name="width"/> bytes, <paramref name="stride"/>
    /// apart.</summary>
    public TileRuns Scan(byte* codes, int width, int height, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, ushort.MaxValue);
        var rowFirst = new int[height + 1];
        _count = 0;
        for (var row = 0; row < height; row++)
        {
            Reserve(width);
            ScanRow(codes + ((nint)row * stride), width);
            rowFirst[row + 1] = _count;
        }

        return new(width, height, rowFirst, _ends.AsSpan(0, _count).ToArray(), _codes.AsSpan(0, _count).ToArray());
    }

    private void ScanRow(byte* row, int width)
    {
        fixed (ushort* ends = _ends)
        fixed (byte* codes = _codes)
        {
            var n = _count;
            var last = width - 1;
            var x = 0;
            if (Vector512.IsHardwareAccelerated && last >= Vector512<byte>.Count)
            {
                x = Wide(row, last, ends, codes, ref n);
            }
            else if (last >= Vector256<byte>.Count)
            {
                x = Narrow(row, last, ends, codes, ref n);
            }

            for (; x < last; x++)
            {
                if (row[x] != row[x + 1])
                {
                    ends[n] = (ushort)(x + 1);
                    codes[n++] = row[x];
                }
            }

            ends[n] = (ushort)width;
            codes[n++] = row[last];
            _count = n;
        }
    }

    // The last vector overlaps the one before it instead of reaching behind the row; what was seen is masked off.
    private static int Wide(byte* row, int last, ushort* ends, byte* codes, ref int n)
    {
        var x = 0;
        while (x < last)
        {
            var at = Math.Min(x, last - Vector512<byte>.Count);
            var equal = Vector512.Equals(Vector512.Load(row + at), Vector512.Load(row + at + 1));
            var differs = ~equal.ExtractMostSignificantBits() & (ulong.MaxValue << (x - at));
            Emit(row, at, differs, ends, codes, ref n);
            x = at + Vector512<byte>.Count;
        }

        return last;
    }

    private static int Narrow(byte* row, int last, ushort* ends, byte* codes, ref int n)
    {
        var x = 0;
        while (x < last)
        {
            var at = Math.Min(x, last - Vector256<byte>.Count);
            var equal = Vector256.Equals(Vector256.Load(row + at), Vector256.Load(row + at + 1));
            var differs = ~equal.ExtractMostSignificantBits() & (uint.MaxValue << (x - at));
            Emit(row, at, differs, ends, codes, ref n);
            x = at + Vector256<byte>.Count;
        }

        return last;
    }

    private static void Emit(byte* row, int at, ulong differs, ushort* ends, byte* codes, ref int n)
    {
        while (differs != 0)
        {
            var x = at + BitOperations.TrailingZeroCount(differs);
            ends[n] = (ushort)(x + 1);
            codes[n++] = row[x];
            differs &= differs - 1;
        }
    }

    private void Reserve(int more)
    {
        if (_count + more > _ends.Length)
        {
            var size = Math.Max(_ends.Length * 2, _count + more);
            Array.Resize(ref _ends, size);
            Array.Resize(ref _codes, size);
        }
    }
}
