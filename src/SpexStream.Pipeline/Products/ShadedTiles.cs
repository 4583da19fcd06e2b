using System.Collections.Concurrent;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Spectral;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// The tiles of a scene with the dark land near clouds taken for cloud shadow: a decision over the whole scene, made
/// once all tiles are there. Tiles it does not change are read from the store. Safe for any number of readers.
/// </summary>
internal sealed class ShadedTiles : ITileResults
{
    private readonly TileStore _tiles;
    private readonly ConcurrentDictionary<TileIndex, TileResult> _changed = [];

    /// <summary>Takes the decision over all tiles.</summary>
    /// <param name="grid">The scene's tiles.</param>
    /// <param name="tiles">Their answers; all are there.</param>
    /// <param name="pixelSizeMetres">Edge of a pixel on the ground.</param>
    /// <param name="threads">Threads at work; the result does not depend on their number.</param>
    public ShadedTiles(TileGrid grid, TileStore tiles, double pixelSizeMetres, int threads)
    {
        _tiles = tiles;
        var rule = new CloudShadowRule(grid.Width, grid.Height, pixelSizeMetres);
        var dark = new ConcurrentBag<TileIndex>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.ForEach(
            grid.All(),
            options,
            () => new CloudShadowRule(grid.Width, grid.Height, pixelSizeMetres),
            (tile, _, clouds) =>
            {
                var result = tiles.Read(tile);
                ShadedRuns.AddClouds(result.Runs, result.Core, clouds);
                if (ShadedRuns.HasDarkLand(result.Runs))
                {
                    dark.Add(tile);
                }

                return clouds;
            },
            clouds =>
            {
                lock (rule)
                {
                    rule.Merge(clouds);
                }
            });
        if (dark.IsEmpty)
        {
            return;
        }

        var reach = rule.Conclude();
        Parallel.ForEach(dark, options, tile =>
        {
            var result = tiles.Read(tile);
            _changed[tile] = result with { Runs = ShadedRuns.Of(result.Runs, result.Core, reach) };
        });
    }

    public TileResult Read(TileIndex tile) => _changed.TryGetValue(tile, out var changed) ? changed : _tiles.Read(tile);
}
