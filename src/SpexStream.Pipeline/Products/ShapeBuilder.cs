using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// Brings outlines from pixel corners to longitude and latitude: rings closed, exteriors counter-clockwise, cut at
/// longitude 180 where the scene crosses it. One thread; the shape is valid until the next call.
/// </summary>
internal sealed class ShapeBuilder(SceneGround ground)
{
    private readonly bool _crosses = ground.Map.Footprint() is var corners
        && (corners.Any(c => c.Longitude > 180) || corners.Any(c => c.Longitude < -180));

    /// <summary>The shape of an outline, whose rings may be turned round for it.</summary>
    public IGroundShape Build(TracedOutline outline)
    {
        if (_crosses)
        {
            return Cut(outline);
        }

        // On a mirrored map rings run the other way; a closed ring still begins and ends with the same corner.
        for (var ring = 0; ground.IsMirrored && ring < outline.RingCount; ring++)
        {
            outline.Ring(ring).Reverse();
        }

        return new OutlineShape(ground.Map, outline);
    }

    /// <summary>The same as objects, for messages.</summary>
    public GeoOutline ToGeo(RegionOutline outline) => _crosses
        ? new([.. outline.Polygons.SelectMany(polygon => Antimeridian.Split([.. polygon.Rings[0].Select(At)]))])
        : new([.. outline.Polygons.Select(polygon => new GeoPolygon(
            [.. polygon.Rings[0].Select(At)],
            [.. polygon.Rings.Skip(1).Select(hole => (ImmutableArray<LonLat>)[.. hole.Select(At)])]))]);

    private LonLat At(PixelCorner corner) => ground.Map.At(corner.X, corner.Y);

    // Holes of a region on the antimeridian are left out: cut apart they would have to be joined with the cut edge.
    private GroundShape Cut(TracedOutline outline)
    {
        var shape = new GroundShape([], [], []);
        var ring = 0;
        foreach (var end in outline.PolygonEnds)
        {
            var exterior = ImmutableArray.CreateBuilder<LonLat>();
            foreach (var corner in outline.Ring(ring)[..^1])
            {
                exterior.Add(At(corner));
            }

            ring = end;
            foreach (var part in Antimeridian.Split(exterior.ToImmutable()))
            {
                AddRing(shape, part.Exterior);
            }
        }

        return shape;
    }

    private static void AddRing(GroundShape shape, ImmutableArray<LonLat> exterior)
    {
        foreach (var position in exterior.Add(exterior[0]))
        {
            shape.Coordinates.Add(position.Longitude);
            shape.Coordinates.Add(position.Latitude);
        }

        shape.RingEnds.Add(shape.Coordinates.Count / 2);
        shape.PolygonRings.Add(shape.RingEnds.Count);
    }
}
