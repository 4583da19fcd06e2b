using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Regions;
using SpexStream.Pipeline.Products;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Brings outlines of gains or losses to the Earth, with so few positions that they may be kept with every
/// alert. One thread at a time.</summary>
internal sealed class PatchBuilder(SceneGround ground)
{
    /// <summary>Positions of all outlines of gains together, and of losses, but for cuts at the antimeridian.</summary>
    public const int MostPositions = 120;

    private const int MostOfOne = 48;

    // About 0.1 m, as messages write them: so what is kept is what was told.
    private const int Places = 6;
    private readonly ShapeBuilder _shapes = new(ground);

    /// <summary>The patches of outlines, in their order.</summary>
    public ImmutableArray<ChangePatch> Of(ImmutableArray<RegionOutline> outlines)
    {
        if (outlines.IsEmpty)
        {
            return [];
        }

        var most = Math.Min(MostOfOne, MostPositions / outlines.Length);
        return
        [
            .. outlines.Select(outline => new ChangePatch(
                (long)outline.Area, Rounded(_shapes.ToGeo(OutlineSimplifier.AtMost(outline, most))))),
        ];
    }

    private static GeoOutline Rounded(GeoOutline outline) => new(
    [
        .. outline.Polygons.Select(polygon => new GeoPolygon(
            Rounded(polygon.Exterior), [.. polygon.Holes.Select(Rounded)])),
    ]);

    private static ImmutableArray<LonLat> Rounded(ImmutableArray<LonLat> ring) =>
        [.. ring.Select(place => new LonLat(Math.Round(place.Longitude, Places), Math.Round(place.Latitude, Places)))];
}
