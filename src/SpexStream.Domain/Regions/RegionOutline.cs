using System.Collections.Immutable;

namespace SpexStream.Domain.Regions;

/// <summary>
/// The outline of a region: one polygon per part that hangs together by pixel sides; parts meet in points at most, so
/// that it is a valid multipolygon (OGC 06-103r4, 6.1.14; RFC 7946, 3.1.7). Rings are open lists (the first corner is
/// not repeated) without corners on a straight line. On a north-up map exteriors run counter-clockwise and holes
/// clockwise; on a mirrored grid the caller reverses them.
/// </summary>
/// <param name="Polygons">Ordered by their first pixel in row order.</param>
public sealed record RegionOutline(ImmutableArray<OutlinePolygon> Polygons)
{
    /// <summary>Corners in all rings.</summary>
    public int VertexCount => Polygons.Sum(polygon => polygon.VertexCount);

    /// <summary>Area in pixels, holes taken off.</summary>
    public double Area => Polygons.Sum(polygon => polygon.Rings.Sum(RingGeometry.SignedArea));
}

/// <summary>One polygon of an outline.</summary>
/// <param name="Rings">The exterior, then the holes.</param>
public sealed record OutlinePolygon(ImmutableArray<ImmutableArray<PixelCorner>> Rings)
{
    /// <summary>Corners in all rings.</summary>
    public int VertexCount => Rings.Sum(ring => ring.Length);
}
