using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Alerts.Areas;

/// <summary>
/// Brings polygons from longitude and latitude to a scene's pixel grid. What is straight on Earth's grid may be bent on
/// the scene's, so edges are halved until they are true to a fiftieth of a pixel. Scratch of one thread.
/// </summary>
internal sealed class ShapeProjector(GroundMap map)
{
    private const double TolerancePixels = 0.02;
    private const double MarginPixels = 16;
    private const int MaxDepth = 16;
    private readonly PixelFinder _finder = new(map);

    /// <summary>Edges of the last polygon.</summary>
    public List<PixelEdge> Edges { get; } = [];

    /// <summary>Area of the last polygon in pixels, what lies off the scene included; holes taken off.</summary>
    public double Pixels { get; private set; }

    /// <summary>Projects a polygon, moved by whole turns.</summary>
    /// <returns>False where a position has no place on the grid.</returns>
    public bool Project(AreaPolygon polygon, int turns)
    {
        Edges.Clear();
        Pixels = 0;
        for (var i = 0; i < polygon.Rings.Length; i++)
        {
            if (Ring(polygon.Rings[i].AsSpan(), 360.0 * turns) is not { } pixels)
            {
                return false;
            }

            Pixels += i == 0 ? pixels : -pixels;
        }

        return true;
    }

    private double? Ring(ReadOnlySpan<LonLat> ring, double shift)
    {
        var from = Moved(ring[0], shift);
        if (_finder.Find(from) is not { } start)
        {
            return null;
        }

        var (at, twice) = (start, 0.0);
        for (var i = 1; i < ring.Length; i++)
        {
            var to = Moved(ring[i], shift);
            // Always from the middle of the scene, so that neighbours find the same place from either side.
            if (_finder.Find(to) is not { } end)
            {
                return null;
            }

            twice += Edge(from, at, to, end, start, MaxDepth);
            (from, at) = (to, end);
        }

        return Math.Abs(twice) / 2;
    }

    private double Edge(LonLat from, PixelPoint a, LonLat to, PixelPoint b, PixelPoint origin, int depth)
    {
        if (depth > 0 && IsNear(a, b))
        {
            var middle = new LonLat((from.Longitude + to.Longitude) / 2, (from.Latitude + to.Latitude) / 2);
            var straight = new PixelPoint((a.X + b.X) / 2, (a.Y + b.Y) / 2);
            if (_finder.Find(middle, straight) is { } found
                && Math.Abs(found.X - straight.X) + Math.Abs(found.Y - straight.Y) > TolerancePixels)
            {
                return Edge(from, a, middle, found, origin, depth - 1)
                    + Edge(middle, found, to, b, origin, depth - 1);
            }
        }

        if (a.Y < b.Y)
        {
            Edges.Add(new(a.X, a.Y, b.X, b.Y));
        }
        else if (a.Y > b.Y)
        {
            Edges.Add(new(b.X, b.Y, a.X, a.Y));
        }

        return ((a.X - origin.X) * (b.Y - origin.Y)) - ((b.X - origin.X) * (a.Y - origin.Y));
    }

    private bool IsNear(PixelPoint a, PixelPoint b) =>
        Math.Min(a.X, b.X) < map.Width + MarginPixels && Math.Max(a.X, b.X) > -MarginPixels
        && Math.Min(a.Y, b.Y) < map.Height + MarginPixels && Math.Max(a.Y, b.Y) > -MarginPixels;

    private static LonLat Moved(LonLat position, double shift) =>
        shift == 0 ? position : position with { Longitude = position.Longitude + shift };
}
