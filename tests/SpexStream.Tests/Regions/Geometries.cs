using System.Collections.Immutable;
using NetTopologySuite.Geometries;
using SpexStream.Domain.Regions;

namespace SpexStream.Tests.Regions;

/// <summary>Outlines as geometries of the library that judges them.</summary>
internal static class Geometries
{
    private static readonly GeometryFactory Factory = new();

    public static MultiPolygon Of(RegionOutline outline) => Factory.CreateMultiPolygon([.. outline.Polygons.Select(
        polygon => Factory.CreatePolygon(Ring(polygon.Rings[0]), [.. polygon.Rings.Skip(1).Select(Ring)]))]);

    private static LinearRing Ring(ImmutableArray<PixelCorner> ring) =>
        Factory.CreateLinearRing([.. ring.Append(ring[0]).Select(corner => new Coordinate(corner.X, corner.Y))]);
}
