using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>What a region's facts need to know of its scene. Immutable; its functions may be called by any
/// thread.</summary>
public sealed record RegionPlace
{
    /// <summary>The scene, for the regions' ids.</summary>
    public required SceneId Scene { get; init; }

    /// <summary>Ground per pixel; null without a CRS.</summary>
    public required IPixelArea? Area { get; init; }

    /// <summary>Pixel position to longitude and latitude; null without a CRS.</summary>
    public required Func<PixelPoint, LonLat>? ToEarth { get; init; }

    /// <summary>The indices that the labeller averaged.</summary>
    public required ImmutableArray<IndexKind> Indices { get; init; }
}
