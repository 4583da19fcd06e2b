using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Joins the tile results of a scene, tile row by tile row from the top, into regions that no tile or strip border
/// cuts. What may still grow is bounded by the lower border of the last tile row; all else goes to chunks that spill to
/// a file beyond a bound. The result depends neither on the tile size nor on the order in which tiles were worked on.
/// One thread at a time; owned by whoever creates it, until <see cref="Complete"/> hands its memory to the result.
/// </summary>
public sealed class SceneLabeller : IDisposable
{
    private readonly TileGrid _grid;
    private readonly SpillStore _store;
    private readonly ImmutableArray<(LandCoverClass Class, ClassMosaic Mosaic)> _classes;
    private readonly long[] _codeCounts = new long[256];
    private readonly TileResult?[] _row;
    private int _nextRow;
    private bool _handedOver;

    /// <summary>Creates a labeller for one scene.</summary>
    /// <param name="grid">The scene's tiles.</param>
    /// <param name="filters">The classes, each with the rule which of its regions are kept.</param>
    /// <param name="store">Where regions are kept; owned by the labeller from here on.</param>
    public SceneLabeller(TileGrid grid, IReadOnlyDictionary<LandCoverClass, RegionFilter> filters, SpillStore store)
    {
        (_grid, _store) = (grid, store);
        _row = new TileResult?[grid.Columns];
        _classes =
        [
            .. filters.OrderBy(pair => pair.Key).Select(
                pair => (pair.Key, new ClassMosaic(grid, pair.Key, pair.Value, store))),
        ];
    }

    /// <summary>Tile rows taken so far.</summary>
    public int RowsTaken => _nextRow;

    /// <summary>Regions that may still grow, over all classes.</summary>
    public int OpenRegions => _classes.Sum(entry => entry.Mosaic.OpenCount);

    /// <summary>Most regions of one class that were open at one time; it bounds the open state.</summary>
    public int OpenRegionsPeak => _classes.Max(entry => entry.Mosaic.OpenPeak);

    /// <summary>Bytes of region state that went to the temporary file.</summary>
    public long SpilledBytes => _store.SpilledBytes;

    /// <summary>Takes the next tile row: every tile of it once, in any order.</summary>
    /// <exception cref="ArgumentException">A tile is missing, doubled or of another row.</exception>
    public void AddRow(IReadOnlyCollection<TileResult> tiles)
    {
        ObjectDisposedException.ThrowIf(_handedOver, this);
        Array.Clear(_row);
        foreach (var tile in tiles)
        {
            if (tile.Tile.Row != _nextRow || tile.Core != _grid.Core(tile.Tile) || _row[tile.Tile.Column] is not null)
            {
                throw new ArgumentException($"Tile {tile.Tile} does not belong to row {_nextRow}.", nameof(tiles));
            }

            _row[tile.Tile.Column] = tile;
        }

        if (tiles.Count != _grid.Columns)
        {
            throw new ArgumentException($"{tiles.Count} tiles for a row of {_grid.Columns}.", nameof(tiles));
        }

        foreach (var tile in tiles)
        {
            tile.Runs.AddCounts(0, tile.Core.Height, _codeCounts);
        }

        // Classes know nothing of each other, so each may be joined by a thread of its own.
        Parallel.ForEach(_classes, entry => entry.Mosaic.AddRow(_row!));
        Array.Clear(_row);
        _nextRow++;
    }

    /// <summary>Closes all regions after the last tile row. The result owns the memory from here on.</summary>
    /// <exception cref="InvalidOperationException">Tile rows are missing.</exception>
    public SceneRegions Complete()
    {
        ObjectDisposedException.ThrowIf(_handedOver, this);
        if (_nextRow != _grid.Rows)
        {
            throw new InvalidOperationException($"{_nextRow} of {_grid.Rows} tile rows were taken.");
        }

        foreach (var (_, mosaic) in _classes)
        {
            mosaic.Complete();
        }

        _handedOver = true;
        return new(_grid, _classes, [.. _codeCounts], _store);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_handedOver)
        {
            _handedOver = true;
            _store.Dispose();
        }
    }
}
