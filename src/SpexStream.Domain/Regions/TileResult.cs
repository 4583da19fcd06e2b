using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>
/// All that is kept of one finished tile: its run-length codes and, per requested class, its components. Plain managed
/// arrays, immutable; written to and read from the work folder by <see cref="TileResultFormat"/>.
/// </summary>
/// <param name="Tile">Place in the tile grid.</param>
/// <param name="Core">The pixels answered for, in scene pixels.</param>
/// <param name="Runs">Cover codes of the core.</param>
/// <param name="Labels">One entry per requested class.</param>
public sealed record TileResult(TileIndex Tile, PixelWindow Core, TileRuns Runs, ImmutableArray<TileLabels> Labels)
{
    /// <summary>A tile with one code below no class, for one that was never received or was given up.</summary>
    /// <param name="grid">The scene's tiles.</param>
    /// <param name="tile">Which tile.</param>
    /// <param name="reason">A reason code, for instance <see cref="CoverCode.TileFailed"/>.</param>
    /// <param name="classes">The classes of the scene.</param>
    public static TileResult Without(TileGrid grid, TileIndex tile, byte reason, ImmutableArray<LandCoverClass> classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(reason, CoverCode.FirstReason);
        var core = grid.Core(tile);
        return new(
            tile,
            core,
            TileRuns.Uniform(core.Width, core.Height, reason),
            [.. classes.Select(value => new TileLabels(value, new int[core.Height + 1], [], [], []))]);
    }

    /// <summary>The components of a class.</summary>
    /// <exception cref="ArgumentException">The class was not requested.</exception>
    public TileLabels Of(LandCoverClass value)
    {
        foreach (var labels in Labels)
        {
            if (labels.Class == value)
            {
                return labels;
            }
        }

        throw new ArgumentException($"Tile {Tile} has no labels of {value}.", nameof(value));
    }
}
