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
    private readonly GroundShape _shape = new([], [], []);
    private readonly bool _crosses = ground.Map.Footprint() is var corners
        && (corners.Any(c => c.Longitude > 180) || corners.Any(c => c.Longitude < -180));

    public GroundShape Build(RegionOutline outline)
    {
        _shape.Coordinates.Clear();
        _shape.RingEnds.Clear();
        _shape.PolygonEnds.Clear();
        _shape.Coordinates.EnsureCapacity(2 * (outline.VertexCount + outline.Polygons.Sum(polygon => polygon.Rings.Length)));
        foreach (var polygon in outline.Polygons)
        {
            if (_crosses)
            {
                AddCut(polygon);
                continue;
            }

            foreach (var ring in polygon.Rings)
            {
                AddRing(ring);
            }

            _shape.PolygonEnds.Add(_shape.RingEnds.Count);
        }

        return _shape;
    }

    /// <summary>The same as objects, for messages.</summary>
    public GeoOutline ToGeo(RegionOutline outline) => _crosses
        ? new([.. outline.Polygons.SelectMany(polygon => Antimeridian.Split([.. polygon.Rings[0].Select(At)]))])
        : new([.. outline.Polygons.Select(polygon => new GeoPolygon(
            [.. polygon.Rings[0].Select(At)],
            [.. polygon.Rings.Skip(1).Select(hole => (ImmutableArray<LonLat>)[.. hole.Select(At)])]))]);

    private LonLat At(PixelCorner corner) => ground.Map.At(corner.X, corner.Y);

    // Holes of a region on the antimeridian are left out: cut apart they would have to be joined with the cut edge.
    private void AddCut(OutlinePolygon polygon)
    {
        foreach (var part in Antimeridian.Split([.. polygon.Rings[0].Select(At)]))
        {
            foreach (var position in part.Exterior)
            {
                Add(position);
            }

            Add(part.Exterior[0]);
            _shape.RingEnds.Add(_shape.Coordinates.Count / 2);
            _shape.PolygonEnds.Add(_shape.RingEnds.Count);
        }
    }

    private void AddRing(ImmutableArray<PixelCorner> ring)
    {
        for (var i = 0; i <= ring.Length; i++)
        {
            var corner = i % ring.Length;
            Add(At(ring[ground.IsMirrored && corner != 0 ? ring.Length - corner : corner]));
        }

        _shape.RingEnds.Add(_shape.Coordinates.Count / 2);
    }

    private void Add(LonLat position)
    {
        _shape.Coordinates.Add(position.Longitude);
        _shape.Coordinates.Add(position.Latitude);
    }
}
