using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Regions;

/// <summary>
/// The runs of all kept regions of one class, region by region in row order, gathered by a counting sort. Runs that a
/// tile border cut are one run again, so the table does not depend on the tiles.
/// </summary>
internal sealed class RegionRunTable
{
    private readonly TileGrid _grid;
    private readonly ClassRegions _regions;
    private readonly SpillList<RegionRecord> _records;
    private readonly SpillList<RegionRun> _runs;
    private readonly SpillList<RunRange> _ranges;
    private int[][] _maps = [];

    public RegionRunTable(TileGrid grid, ClassRegions regions, SpillList<RegionRecord> records, SpillStore store)
    {
        (_grid, _regions, _records) = (grid, regions, records);
        (_runs, _ranges) = (new(store), new(store));
    }

    /// <summary>Makes room: the records know how many runs each region has at most.</summary>
    public void Begin()
    {
        if (_ranges.Count > 0)
        {
            throw new InvalidOperationException("The runs were gathered before.");
        }

        long first = 0;
        for (var region = 0L; region < _records.Count; region++)
        {
            _ranges.Add(new(first, 0));
            first += _records[region].Stats.Runs;
        }

        _runs.Grow(first);
        _maps = new int[_grid.Columns][];
    }

    /// <summary>Takes the next tile row, tiles from the left.</summary>
    public void AddRow(ReadOnlySpan<TileResult> tiles)
    {
        var labels = new TileLabels[tiles.Length];
        for (var i = 0; i < tiles.Length; i++)
        {
            labels[i] = tiles[i].Of(_regions.Class);
            _maps[i] = new int[labels[i].Count];
            for (var component = 0; component < _maps[i].Length; component++)
            {
                _maps[i][component] = _regions.RegionOf(tiles[i].Tile, component);
            }
        }

        for (var row = 0; row < tiles[0].Core.Height; row++)
        {
            for (var i = 0; i < tiles.Length; i++)
            {
                AddTileRow(tiles[i], labels[i], _maps[i], row);
            }
        }
    }

    /// <summary>The runs of a region, sorted by row and column. May be a view of <paramref name="scratch"/>.</summary>
    public ReadOnlySpan<RegionRun> Read(int region, ref RegionRun[] scratch)
    {
        var range = _ranges[region];
        return _runs.Read(range.First, range.Count, ref scratch);
    }

    private void AddTileRow(TileResult tile, TileLabels labels, int[] map, int row)
    {
        var (column, sceneRow, run) = (tile.Core.Column, tile.Core.Row + row, labels.RowFirst[row]);
        if (run == labels.RowFirst[row + 1])
        {
            return;
        }

        for (var reader = new ClassRunReader(tile.Runs, row, labels.Class); reader.MoveNext(); run++)
        {
            var region = map[labels.Components[run]];
            if (region >= 0)
            {
                Append(ref _ranges[region], new(sceneRow, column + reader.Start, column + reader.End));
            }
        }
    }

    private void Append(ref RunRange range, RegionRun run)
    {
        if (range.Count > 0)
        {
            ref var last = ref _runs[range.First + range.Count - 1];
            if (last.Row == run.Row && last.End == run.Start)
            {
                last = last with { End = run.End };
                return;
            }
        }

        _runs[range.First + range.Count] = run;
        range = range with { Count = range.Count + 1 };
    }

    private readonly record struct RunRange(long First, int Count);
}
