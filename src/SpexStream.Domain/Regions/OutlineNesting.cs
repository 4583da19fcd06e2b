using System.Collections.Immutable;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Whether rings that do not cross are nested as in a valid multipolygon: they keep their direction, and each hole lies
/// in its own polygon and nowhere else. Exact integers.
/// </summary>
internal static class OutlineNesting
{
    /// <summary>Bound of the work, rings times edges; what would take more counts as not surely valid.</summary>
    private const long MaxSteps = 50_000_000;

    public static bool Holds(RegionOutline outline)
    {
        var rings = outline.Polygons.SelectMany(polygon => polygon.Rings).ToList();
        return KeepsDirection(outline) && (rings.Count == 1
            || ((long)rings.Count * outline.VertexCount <= MaxSteps && IsNested(outline, rings)));
    }

    private static bool KeepsDirection(RegionOutline outline) => outline.Polygons.All(
        polygon => RingGeometry.SignedArea(polygon.Rings[0]) > 0
            && polygon.Rings.Skip(1).All(hole => RingGeometry.SignedArea(hole) < 0));

    // Rings meet in corners at most, so the middle of an edge lies on no other ring. Around it all other rings together
    // wind once for a hole and never for an exterior. Coordinates are doubled to make the middle a whole number.
    private static bool IsNested(RegionOutline outline, List<ImmutableArray<PixelCorner>> rings)
    {
        foreach (var polygon in outline.Polygons)
        {
            for (var i = 0; i < polygon.Rings.Length; i++)
            {
                var ring = polygon.Rings[i];
                var middle = new PixelCorner(ring[0].X + ring[1].X, ring[0].Y + ring[1].Y);
                if ((i > 0 && Winding(polygon.Rings[0], middle) != 1)
                    || rings.Sum(other => other == ring ? 0 : Winding(other, middle)) != (i == 0 ? 0 : 1))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static int Winding(ImmutableArray<PixelCorner> ring, PixelCorner point)
    {
        var winding = 0;
        for (var i = 0; i < ring.Length; i++)
        {
            var (a, b) = (Doubled(ring[i]), Doubled(ring[i + 1 < ring.Length ? i + 1 : 0]));
            if (a.Y <= point.Y != b.Y <= point.Y)
            {
                var side = RingGeometry.Cross(a, b, point);
                winding += a.Y <= point.Y ? (side < 0 ? 1 : 0) : (side > 0 ? -1 : 0);
            }
        }

        return winding;
    }

    private static PixelCorner Doubled(PixelCorner corner) => new(2 * corner.X, 2 * corner.Y);
}
