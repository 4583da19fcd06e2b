using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Outgoing;

namespace SpexStream.Messaging.Wire.Alerts;

/// <summary>
/// Ways to draw an area in a message, finest first: as it is, with fewer and fewer positions, its box, its centre. A
/// simplified outline may cross itself; it tells where the area lies, not what was measured.
/// </summary>
internal static class AreaOutlines
{
    private const int MostVertices = 20_000;
    private static readonly int[] Budgets = [600, 400, 250, 150, 80, 40, 20];
    private static readonly ConditionalWeakTable<AreaOfInterest, Drawing> Kept = [];

    /// <summary>The ways; one without geometry for an area without polygons.</summary>
    public static ImmutableArray<GeometryChoice> Of(AreaOfInterest area) => Kept.GetValue(area, Draw).Choices;

    /// <summary>The box around an area; null for one without polygons.</summary>
    public static GeoBox? BoxOf(AreaOfInterest area) => Kept.GetValue(area, Draw).Box;

    private static Drawing Draw(AreaOfInterest area)
    {
        var polygons = area.Polygons.SelectMany(Drawn).ToImmutableArray();
        if (polygons.IsEmpty)
        {
            return new(GeometryChoice.Of([], null, null), null);
        }

        var outlines = ImmutableArray.CreateBuilder<GeoOutline>();
        outlines.Add(new(polygons));
        var rings = Thinned(polygons);
        foreach (var budget in Budgets.Where(budget => budget < outlines[0].VertexCount))
        {
            outlines.Add(new(rings.Cut(budget)));
        }

        var box = GeoBox.Around(outlines[0]);
        return new(GeometryChoice.Of(outlines.ToImmutable(), box, null), box);
    }

    // Holes of a polygon over the antimeridian are left out: it is cut there, and they would have to be, too.
    private static IEnumerable<GeoPolygon> Drawn(AreaPolygon polygon)
    {
        var parts = Antimeridian.Split(polygon.Rings[0]);
        return parts is [var whole] && polygon.Box.East <= 180
            ? [new(whole.Exterior, [.. polygon.Rings.Skip(1).Select(Open)])]
            : parts;
    }

    private static ImmutableArray<LonLat> Open(ImmutableArray<LonLat> ring) =>
        ring[0] == ring[^1] ? ring[..^1] : ring;

    private static WeighedRings Thinned(ImmutableArray<GeoPolygon> polygons)
    {
        var step = 1 + (polygons.Sum(polygon => polygon.VertexCount) / MostVertices);
        return new(
        [
            .. polygons.Select(polygon => new GeoPolygon(
                Every(Open(polygon.Exterior), step), [.. polygon.Holes.Select(hole => Every(hole, step))])),
        ]);
    }

    private static ImmutableArray<LonLat> Every(ImmutableArray<LonLat> ring, int step) =>
        step == 1 || ring.Length < 4 * step ? ring : [.. ring.Where((_, i) => i % step == 0)];

    private sealed record Drawing(ImmutableArray<GeometryChoice> Choices, GeoBox? Box);
}
