using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Reads the runs of one class out of a row of a tile's code runs: neighbouring runs whose codes both have the class's
/// bit are one run. The k-th run read over all rows is the k-th entry of <see cref="TileLabels.Components"/>.
/// </summary>
internal ref struct ClassRunReader
{
    private readonly ReadOnlySpan<ushort> _ends;
    private readonly ReadOnlySpan<byte> _codes;
    private readonly int _bit;
    private int _next;

    public ClassRunReader(TileRuns runs, int row, LandCoverClass value)
    {
        var first = runs.RowFirst[row];
        var count = runs.RowFirst[row + 1] - first;
        _ends = runs.Ends.Slice(first, count);
        _codes = runs.Codes.Slice(first, count);
        _bit = CoverCode.RegionBit(value);
    }

    /// <summary>First column of the run.</summary>
    public int Start { get; private set; }

    /// <summary>Column behind the run.</summary>
    public int End { get; private set; }

    /// <summary>Whether a code belongs to the region bit.</summary>
    public static bool Holds(byte code, int bit) => (code & (bit | CoverCode.FirstReason)) == bit;

    public bool MoveNext()
    {
        var next = _next;
        while (next < _codes.Length && !Holds(_codes[next], _bit))
        {
            next++;
        }

        if (next == _codes.Length)
        {
            _next = next;
            return false;
        }

        Start = next == 0 ? 0 : _ends[next - 1];
        while (next + 1 < _codes.Length && Holds(_codes[next + 1], _bit))
        {
            next++;
        }

        End = _ends[next];
        _next = next + 1;
        return true;
    }
}
