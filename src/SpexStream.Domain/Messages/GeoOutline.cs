using System.Collections.Immutable;

namespace SpexStream.Domain.Messages;

/// <summary>An area of one or more polygons.</summary>
public sealed record GeoOutline(ImmutableArray<GeoPolygon> Polygons) : GeoGeometry
{
    /// <summary>Positions in all polygons.</summary>
    public int VertexCount => Polygons.Sum(polygon => polygon.VertexCount);

    /// <summary>The rectangle of a box; two polygons where the box crosses the antimeridian.</summary>
    public static GeoOutline FromBox(GeoBox box) => box.CrossesAntimeridian
        ? new([Rectangle(box with { East = 180 }), Rectangle(box with { West = -180 })])
        : new([Rectangle(box)]);

    /// <summary>One ring that may run across the antimeridian, cut there where it does.</summary>
    public static GeoOutline FromRing(ImmutableArray<Grid.LonLat> ring) => new(Antimeridian.Split(ring));

    private static GeoPolygon Rectangle(GeoBox box) => new(
        [new(box.West, box.South), new(box.East, box.South), new(box.East, box.North), new(box.West, box.North)]);
}
