using System.Runtime.InteropServices;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>One pixel row through all tiles of a tile row: the runs of the class with their nodes, and those without
/// data.</summary>
internal sealed class BorderRows
{
    private readonly List<BorderRun> _runs = [];
    private readonly List<BorderRun> _nodata = [];

    public ReadOnlySpan<BorderRun> Runs => CollectionsMarshal.AsSpan(_runs);

    public ReadOnlySpan<BorderRun> NodataRuns => CollectionsMarshal.AsSpan(_nodata);

    public void Clear()
    {
        _runs.Clear();
        _nodata.Clear();
    }

    /// <summary>Appends a row of the next tile to the right.</summary>
    public void Append(TileResult tile, TileLabels labels, int row, int firstNode)
    {
        var column = tile.Core.Column;
        var run = labels.RowFirst[row];
        for (var reader = new ClassRunReader(tile.Runs, row, labels.Class); reader.MoveNext(); run++)
        {
            _runs.Add(new(column + reader.Start, column + reader.End, firstNode + labels.Components[run]));
        }

        var start = 0;
        for (var k = tile.Runs.RowFirst[row]; k < tile.Runs.RowFirst[row + 1]; k++)
        {
            int end = tile.Runs.Ends[k];
            if (tile.Runs.Codes[k] == CoverCode.Nodata)
            {
                _nodata.Add(new(column + start, column + end, -1));
            }

            start = end;
        }
    }
}
