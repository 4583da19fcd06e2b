using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>
/// A class as its mask says it, from a scene's tiles: dropped regions are not the class, nor is partial water. Holds
/// the tiles of one tile row at a time.
/// </summary>
public sealed class TileClassRows : IClassRows
{
    private readonly ITileResults _tiles;
    private readonly ClassRegions _regions;
    private readonly Grid.TileGrid _grid;
    private readonly TileResult[] _row;
    private readonly bool[][] _kept;
    private int _tileRow = -1;

    /// <summary>Creates the rows of one class of a completed scene.</summary>
    public TileClassRows(ITileResults tiles, SceneRegions regions, LandCoverClass value)
    {
        (_tiles, _regions, _grid) = (tiles, regions.Of(value), regions.Grid);
        _row = new TileResult[_grid.Columns];
        _kept = new bool[_grid.Columns][];
    }

    /// <inheritdoc/>
    public int Width => _grid.Width;

    /// <inheritdoc/>
    public int Height => _grid.Height;

    /// <inheritdoc/>
    public void Read(int row, RunBand band)
    {
        Open(row / _grid.TileSize);
        var bit = CoverCode.RegionBit(_regions.Class);
        for (var i = 0; i < _row.Length; i++)
        {
            var (tile, y) = (_row[i], row - _row[i].Core.Row);
            var (runs, labels) = (tile.Runs, tile.Of(_regions.Class));
            // Neighbouring codes that hold the class are one run of it, and the labels count those.
            var (classRun, isOpen) = (labels.RowFirst[y] - 1, false);
            for (var run = runs.RowFirst[y]; run < runs.RowFirst[y + 1]; run++)
            {
                var holds = ClassRunReader.Holds(runs.Codes[run], bit);
                classRun += holds && !isOpen ? 1 : 0;
                isOpen = holds;
                var state = runs.Codes[run] >= CoverCode.FirstReason ? GroundState.Unseen
                    : holds && _kept[i][labels.Components[classRun]] ? GroundState.Yes : GroundState.No;
                band.Add(tile.Core.Column + runs.Ends[run], state);
            }
        }
    }

    private void Open(int tileRow)
    {
        if (tileRow == _tileRow)
        {
            return;
        }

        for (var column = 0; column < _row.Length; column++)
        {
            var tile = _tiles.Read(new(column, tileRow));
            _row[column] = tile;
            _kept[column] = new bool[tile.Of(_regions.Class).Count];
            _regions.FindKept(tile.Tile, _kept[column]);
        }

        _tileRow = tileRow;
    }
}
