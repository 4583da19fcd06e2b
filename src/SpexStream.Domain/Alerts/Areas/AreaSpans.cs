using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Alerts.Areas;

/// <summary>
/// The pixels of a scene whose centres lie in an area of interest, as runs. Immutable; safe for any number of threads.
/// </summary>
public sealed class AreaSpans
{
    private readonly RegionRun[] _runs;
    private readonly int[] _rowFirst;

    internal AreaSpans(RegionRun[] runs, double wholePixels, bool liesInside)
    {
        (_runs, WholePixels) = (runs, wholePixels);
        FirstRow = runs.Length == 0 ? 0 : runs[0].Row;
        RowCount = runs.Length == 0 ? 0 : runs[^1].Row - FirstRow + 1;
        _rowFirst = new int[RowCount + 1];
        foreach (var run in runs)
        {
            _rowFirst[run.Row - FirstRow + 1]++;
            Pixels += run.End - run.Start;
        }

        for (var row = 0; row < RowCount; row++)
        {
            _rowFirst[row + 1] += _rowFirst[row];
        }

        // Where all lies on the scene, how the grid happens to cut the edges says nothing of what was left out.
        ShareOnScene = Pixels == 0 ? 0 : liesInside ? 1 : Math.Min(1, Pixels / Math.Max(wholePixels, 1e-9));
    }

    /// <summary>First row of the scene with a pixel in the area.</summary>
    public int FirstRow { get; }

    /// <summary>Rows from the first to the last with a pixel in the area.</summary>
    public int RowCount { get; }

    /// <summary>Row behind the last.</summary>
    public int EndRow => FirstRow + RowCount;

    /// <summary>Pixels of the scene in the area.</summary>
    public long Pixels { get; }

    /// <summary>Size of the whole area in pixels of the scene's grid, what lies off the scene included.</summary>
    public double WholePixels { get; }

    /// <summary>All runs by row and column, with a gap between any two of a row.</summary>
    public ReadOnlySpan<RegionRun> Runs => _runs;

    /// <summary>Share of the area that lies on the scene, 0..1.</summary>
    public double ShareOnScene { get; }

    /// <summary>The runs of one row of the scene.</summary>
    public ReadOnlySpan<RegionRun> Row(int row)
    {
        var at = row - FirstRow;
        return at < 0 || at >= RowCount ? [] : _runs.AsSpan(_rowFirst[at], _rowFirst[at + 1] - _rowFirst[at]);
    }

    /// <summary>The box around the runs; empty without any.</summary>
    public PixelWindow Bounds()
    {
        var (least, most) = (int.MaxValue, 0);
        foreach (var run in _runs)
        {
            (least, most) = (Math.Min(least, run.Start), Math.Max(most, run.End));
        }

        return _runs.Length == 0 ? default : new(least, FirstRow, most - least, RowCount);
    }
}
