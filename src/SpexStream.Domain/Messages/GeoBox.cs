using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Messages;

/// <summary>
/// A box in degrees. West is greater than east where the box crosses the antimeridian (RFC 7946, 5.2).
/// </summary>
public readonly record struct GeoBox(double West, double South, double East, double North)
{
    /// <summary>Whether the box runs over longitude 180.</summary>
    public bool CrossesAntimeridian => West > East;

    /// <summary>The middle.</summary>
    public LonLat Centre
    {
        get
        {
            var east = CrossesAntimeridian ? East + 360 : East;
            var longitude = (West + east) / 2;
            return new(longitude > 180 ? longitude - 360 : longitude, (South + North) / 2);
        }
    }

    /// <summary>
    /// The smallest box around an outline. Where the widest gap between its polygons lies anywhere but over longitude
    /// 180, and polygons touch that meridian from both sides, the box crosses it.
    /// </summary>
    /// <exception cref="ArgumentException">The outline is empty.</exception>
    public static GeoBox Around(GeoOutline outline)
    {
        var positions = outline.Polygons.SelectMany(polygon => polygon.Exterior).ToList();
        if (positions.Count == 0)
        {
            throw new ArgumentException("An outline has at least one position.", nameof(outline));
        }

        var (south, north) = (positions.Min(p => p.Latitude), positions.Max(p => p.Latitude));
        var (west, east) = (positions.Min(p => p.Longitude), positions.Max(p => p.Longitude));
        if (outline.Polygons.Length < 2 || west > -180 || east < 180)
        {
            return new(west, south, east, north);
        }

        var spans = outline.Polygons
            .Select(p => (West: p.Exterior.Min(v => v.Longitude), East: p.Exterior.Max(v => v.Longitude)))
            .OrderBy(span => span.West)
            .ToList();
        var (gap, gapWest, gapEast, reach) = (0.0, east, west, spans[0].East);
        foreach (var span in spans)
        {
            if (span.West - reach > gap)
            {
                (gap, gapWest, gapEast) = (span.West - reach, reach, span.West);
            }

            reach = Math.Max(reach, span.East);
        }

        return gap > 0 ? new(gapEast, south, gapWest, north) : new(west, south, east, north);
    }
}
