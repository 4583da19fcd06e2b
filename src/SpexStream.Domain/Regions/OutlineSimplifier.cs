using System.Collections.Immutable;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Outlines with fewer corners, always valid. Corners are only left out, never moved. Where rings touch each other, the
/// touching corner and its neighbours stay, so that the rings meet there as before; where else edges would meet, the
/// exact corners are put back; and a form whose rings are not nested as they were is not used.
/// </summary>
public static class OutlineSimplifier
{
    /// <summary>Least number of corners that can be asked for.</summary>
    public const int LeastVertices = 3;

    /// <summary>An outline that keeps more corners than this stays as it is: to check it would take too long.</summary>
    public const int MaxVertices = 50_000;

    private const double FirstTolerance = 0.75;
    private const int Retries = 4;

    /// <summary>
    /// Leaves out corners that lie within a tolerance of the line without them (Douglas, Peucker 1973); holes thinner
    /// than that vanish. When that would spoil the nesting the tolerance is halved; at last the outline stays as it is.
    /// </summary>
    /// <param name="outline">An exact outline.</param>
    /// <param name="tolerancePixels">In pixels; 0 leaves the outline as it is.</param>
    public static RegionOutline Simplify(RegionOutline outline, double tolerancePixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tolerancePixels);
        var touching = TouchingCorners(outline);
        var tolerance = tolerancePixels;
        for (var i = 0; i < Retries && tolerance > 0; i++, tolerance /= 2)
        {
            if (Attempt(outline, touching, tolerance) is { } simplified)
            {
                return simplified;
            }
        }

        return outline;
    }

    /// <summary>
    /// The best form with at most so many corners: the whole outline at the least tolerance that gets there, else the
    /// exterior of its largest polygon alone, else the convex hull of that, thinned out.
    /// </summary>
    /// <param name="outline">An exact outline.</param>
    /// <param name="vertices">Most corners over all rings, at least <see cref="LeastVertices"/>.</param>
    public static RegionOutline AtMost(RegionOutline outline, int vertices)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vertices, LeastVertices);
        if (outline.VertexCount <= vertices)
        {
            return outline;
        }

        var exterior = outline.Polygons.Select(polygon => polygon.Rings[0]).MaxBy(RingGeometry.SignedArea);
        var alone = Single(exterior);
        return Fitted(outline, vertices) ?? Fitted(alone, vertices) ?? Single(Thinned(RingHull.Of(exterior), vertices));
    }

    private static RegionOutline? Fitted(RegionOutline outline, int vertices)
    {
        var touching = TouchingCorners(outline);
        if (touching.Count > vertices)
        {
            return null;
        }

        var largest = outline.Polygons.Max(polygon => polygon.Rings[0].Max(c => Math.Max(c.X, c.Y))
            - polygon.Rings[0].Min(c => Math.Min(c.X, c.Y)));
        for (var tolerance = FirstTolerance; tolerance < largest; tolerance *= 1.5)
        {
            if (Attempt(outline, touching, tolerance, vertices) is { } simplified)
            {
                return simplified;
            }
        }

        return null;
    }

    private static RegionOutline? Attempt(
        RegionOutline outline, HashSet<PixelCorner> touching, double tolerance, int vertices = MaxVertices)
    {
        var drafts = outline.Polygons
            .Select(polygon => polygon.Rings
                .Select((ring, i) => new RingDraft(ring, touching, tolerance, isHole: i > 0)).ToList())
            .ToList();
        foreach (var polygon in drafts)
        {
            polygon.RemoveAll(ring => ring.IsCollapsed);
        }

        for (var clean = false; !clean;)
        {
            if (drafts.Sum(polygon => polygon.Sum(ring => ring.Count)) > vertices)
            {
                return null;
            }

            // Each round gives corners back, so it ends, with the exact outline if need be.
            var edges = new List<DraftEdge>();
            drafts.ForEach(polygon => polygon.ForEach(ring => ring.AddEdges(edges)));
            clean = EdgeConflicts.RestoreAll(edges);
        }

        var simplified = new RegionOutline(
            [.. drafts.Select(polygon => new OutlinePolygon([.. polygon.Select(ring => ring.Corners)]))]);
        return OutlineNesting.Holds(simplified) ? simplified : null;
    }

    // A corner that two rings share; no ring of an exact outline visits a corner twice.
    private static HashSet<PixelCorner> TouchingCorners(RegionOutline outline)
    {
        var touching = new HashSet<PixelCorner>();
        if (outline.Polygons.Length == 1 && outline.Polygons[0].Rings.Length == 1)
        {
            return touching;
        }

        var seen = new HashSet<PixelCorner>();
        foreach (var ring in outline.Polygons.SelectMany(polygon => polygon.Rings))
        {
            touching.UnionWith(ring.Where(corner => !seen.Add(corner)));
        }

        return touching;
    }

    private static ImmutableArray<PixelCorner> Thinned(ImmutableArray<PixelCorner> hull, int vertices) =>
        hull.Length <= vertices
            ? hull
            : [.. Enumerable.Range(0, vertices).Select(i => hull[(int)((long)i * hull.Length / vertices)])];

    private static RegionOutline Single(ImmutableArray<PixelCorner> exterior) => new([new([exterior])]);
}
