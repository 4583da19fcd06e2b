using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Products;

/// <summary>
/// All that is measured of one region: a connected area (8 neighbours) of one class over the whole scene.
/// Positions in pixels count from the upper left corner of the scene's first pixel, so a pixel's centre lies at .5.
/// </summary>
public sealed record RegionFacts
{
    /// <summary>Scene, class and first pixel in row order; the same for the same region in every run.</summary>
    public required string Id { get; init; }

    /// <summary>The class.</summary>
    public required LandCoverClass Class { get; init; }

    /// <summary>Pixels.</summary>
    public required long Pixels { get; init; }

    /// <summary>Area on the ground in square metres; NaN without a CRS.</summary>
    public required double AreaSquareMetres { get; init; }

    /// <summary>Share of the scene's pixels that were clearly seen (neither nodata, cloud, snow nor without answer),
    /// 0..1.</summary>
    public required double Share { get; init; }

    /// <summary>Bounding box in pixels.</summary>
    public required PixelWindow Bounds { get; init; }

    /// <summary>Mean position of the pixels' centres, in pixels.</summary>
    public required PixelPoint Centroid { get; init; }

    /// <summary>The same on Earth (WGS 84); null without a CRS.</summary>
    public required LonLat? CentroidOnEarth { get; init; }

    /// <summary>Whether the region reaches the edge of the scene or an area without data, so that it may go on
    /// there.</summary>
    public required bool TouchesEdge { get; init; }

    /// <summary>Mean confidence of its pixels, 0..100.</summary>
    public required double MeanConfidence { get; init; }

    /// <summary>10th percentile of its pixels' confidence, 0..100 (nearest rank).</summary>
    public required int TenthPercentileConfidence { get; init; }

    /// <summary>Mean of each index over the region's pixels; only those the scene's bands allow.</summary>
    public required ImmutableSortedDictionary<IndexKind, double> MeanIndex { get; init; }

    /// <summary>The SPIE attributes over the whole scene.</summary>
    public required SpieAttributes Spie { get; init; }
}
