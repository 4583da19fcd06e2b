using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Spectral;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// The tiles of a scene with the dark land near clouds taken for cloud shadow: a decision over the whole scene, made once
/// all tiles are there. Tiles it does not change are read from the store. Safe for any number of readers.
/// </summary>
internal sealed class ShadedTiles : ITileResults
{
    private readonly TileStore _tiles;
    private readonly Dictionary<TileIndex, TileResult> _changed = [];

    public ShadedTiles(TileGrid grid, TileStore tiles, double pixelSizeMetres)
    {
        _tiles = tiles;
        var rule = new CloudShadowRule(grid.Width, grid.Height, pixelSizeMetres);
        var dark = new List<TileIndex>();
        foreach (var tile in grid.All())
        {
            var result = tiles.Read(tile);
            ShadedRuns.AddClouds(result.Runs, result.Core, rule);
            if (ShadedRuns.HasDarkLand(result.Runs))
            {
                dark.Add(tile);
            }
        }

        if (dark.Count == 0)
        {
            return;
        }

        var reach = rule.Conclude();
        foreach (var tile in dark)
        {
            var result = tiles.Read(tile);
            _changed[tile] = result with { Runs = ShadedRuns.Of(result.Runs, result.Core, reach) };
        }
    }

    public TileResult Read(TileIndex tile) => _changed.TryGetValue(tile, out var changed) ? changed : _tiles.Read(tile);
}
