using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Regions;

/// <summary>
/// The cover codes of one tile, run-length coded by row. A run ends before <c>Ends[k]</c> (a column of the tile) and
/// begins where the one before it in the row ended, or at 0. Immutable once built; safe for any number of readers.
/// </summary>
public sealed class TileRuns
{
    private readonly int[] _rowFirst;
    private readonly ushort[] _ends;
    private readonly byte[] _codes;

    internal TileRuns(int width, int height, int[] rowFirst, ushort[] ends, byte[] codes)
    {
        (Width, Height, _rowFirst, _ends, _codes) = (width, height, rowFirst, ends, codes);
    }

    /// <summary>Columns of the tile, 1 to 4096.</summary>
    public int Width { get; }

    /// <summary>Rows of the tile, 1 to 4096.</summary>
    public int Height { get; }

    /// <summary>Runs in all rows together.</summary>
    public int Count => _ends.Length;

    /// <summary>Exclusive end columns of all runs, row by row.</summary>
    public ReadOnlySpan<ushort> Ends => _ends;

    /// <summary>Cover code of each run.</summary>
    public ReadOnlySpan<byte> Codes => _codes;

    /// <summary>Index of the first run of each row; one entry more than there are rows.</summary>
    public ReadOnlySpan<int> RowFirst => _rowFirst;

    /// <summary>A tile that has one code everywhere, for one that was never read or was given up.</summary>
    public static TileRuns Uniform(int width, int height, byte code)
    {
        var ends = new ushort[height];
        var codes = new byte[height];
        Array.Fill(ends, (ushort)width);
        Array.Fill(codes, code);
        return new(width, height, [.. Enumerable.Range(0, height + 1)], ends, codes);
    }

    /// <summary>The code of the first pixel of a row.</summary>
    public byte FirstCode(int row) => _codes[_rowFirst[row]];

    /// <summary>The code of the last pixel of a row.</summary>
    public byte LastCode(int row) => _codes[_rowFirst[row + 1] - 1];

    /// <summary>Adds the pixels of some rows to 256 counters, one per code.</summary>
    public void AddCounts(int firstRow, int rows, Span<long> counts)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            var start = 0;
            for (var run = _rowFirst[row]; run < _rowFirst[row + 1]; run++)
            {
                counts[_codes[run]] += _ends[run] - start;
                start = _ends[run];
            }
        }
    }

    /// <summary>Writes a block of mask bytes, each code replaced by its entry in a table.</summary>
    /// <param name="block">The part to write, in pixels of the tile; inside of it.</param>
    /// <param name="table">256 mask bytes.</param>
    /// <param name="target">Receives the rows, <paramref name="stride"/> bytes apart.</param>
    /// <param name="stride">Bytes from row to row, at least the block's width.</param>
    public void Fill(PixelWindow block, ReadOnlySpan<byte> table, Span<byte> target, int stride)
    {
        if (!new PixelWindow(0, 0, Width, Height).Contains(block))
        {
            throw new ArgumentException($"Block {block} leaves the tile of {Width}x{Height}.", nameof(block));
        }

        for (var y = 0; y < block.Height; y++)
        {
            var first = _rowFirst[block.Row + y];
            var ends = _ends.AsSpan(first, _rowFirst[block.Row + y + 1] - first);
            var run = FirstEndingBehind(ends, block.Column);
            var row = target.Slice(y * stride, block.Width);
            for (var x = 0; x < row.Length; run++)
            {
                var end = Math.Min(ends[run] - block.Column, row.Length);
                row[x..end].Fill(table[_codes[first + run]]);
                x = end;
            }
        }
    }

    private static int FirstEndingBehind(ReadOnlySpan<ushort> ends, int column)
    {
        var (low, high) = (0, ends.Length - 1);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = ends[middle] > column ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
