using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Spie;

/// <summary>The attributes of the regions inside of one tile, as a model sees the tile: cut at its border.</summary>
public static class TileSpie
{
    /// <summary>Describes the components of a class, contour area descending (ties by first pixel), at most
    /// ten.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="value">The class.</param>
    /// <param name="size">Edge of the model's picture in pixels; the tile lies in its upper left corner.</param>
    public static ImmutableArray<SpieAttributes> Describe(TileResult tile, LandCoverClass value, int size)
    {
        var runs = new ComponentRuns(tile, value);
        var tracer = new ContourTracer();
        var largest = Enumerable.Range(0, runs.Count)
            .Select(component => (Component: component, tracer.Trace(runs.Of(component)).TwiceArea))
            .OrderByDescending(entry => entry.TwiceArea)
            .ThenBy(entry => entry.Component)
            .Take(SpiePrompt.MaxRegions);
        var describer = new SpieDescriber();
        var image = new PixelWindow(0, 0, size, size);
        return [.. largest.Select(entry => describer.Describe(runs.Of(entry.Component), image))];
    }
}
