using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Domain.Products;

/// <summary>What is known of one class over a scene, or over one strip of it.</summary>
public sealed record ClassFacts
{
    /// <summary>The class.</summary>
    public required LandCoverClass Class { get; init; }

    /// <summary>Size of the scene or strip in pixels.</summary>
    public required PixelWindow Extent { get; init; }

    /// <summary>Pixels of the class.</summary>
    public required long Pixels { get; init; }

    /// <summary>Pixels of partial surface water; 0 for other classes.</summary>
    public required long PartialPixels { get; init; }

    /// <summary>Area of the class on the ground in square metres; NaN without a CRS.</summary>
    public required double AreaSquareMetres { get; init; }

    /// <summary>How many pixels could be told, and what hid the others.</summary>
    public required VisibilityFacts Visibility { get; init; }

    /// <summary>Number of regions; null for a strip, where regions are not closed yet.</summary>
    public required int? RegionCount { get; init; }

    /// <summary>The largest regions, largest first, at most ten; empty for a strip.</summary>
    public required ImmutableArray<RegionFacts> Largest { get; init; }

    /// <summary>Mean confidence over the pixels of the class, 0..100; NaN when there is none.</summary>
    public required double MeanConfidence { get; init; }

    /// <summary>Mean of each index over the pixels of the class.</summary>
    public required ImmutableSortedDictionary<IndexKind, double> MeanIndex { get; init; }

    /// <summary>The thresholds that decided.</summary>
    public required ImmutableArray<NamedThreshold> Thresholds { get; init; }

    /// <summary>Radiometry of the scene.</summary>
    public required RadiometryLevel Radiometry { get; init; }

    /// <summary>Centre of the scene or strip on Earth; null without a CRS.</summary>
    public required LonLat? CentreOnEarth { get; init; }

    /// <summary>Strips that made it in percent of those expected, 0..100.</summary>
    public required double CompletenessPercent { get; init; }

    /// <summary>Whether later strips may still change this.</summary>
    public required bool IsPreliminary { get; init; }

    /// <summary>What a model said of the class, on the tile with its largest part; unchecked. Null where none
    /// spoke.</summary>
    public ModelText? Said { get; init; }

    /// <summary>Remarks of the backend in plain English; may be empty.</summary>
    public required ImmutableArray<string> Remarks { get; init; }
}
