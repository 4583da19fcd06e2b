using SpexStream.Domain.Alerts.Cover;

namespace SpexStream.Benchmarks;

/// <summary>An area as the corners of its rings on the scene's grid, in pixels.</summary>
internal sealed record PixelRings((double X, double Y)[][] Rings);

/// <summary>Counts an area pixel by pixel, by the parity of the edges to the left of its centre: nothing of it is
/// shared with what is compared to it.</summary>
internal sealed class NaiveAreas(IClassRows rows)
{
    private readonly RunBand _band = new();

    /// <summary>Pixels of the class, and pixels that were clearly seen.</summary>
    public (long Class, long Clear) Count(PixelRings area)
    {
        var corners = area.Rings.SelectMany(ring => ring).ToArray();
        var (left, right) = Range(corners.Select(corner => corner.X), rows.Width);
        var (top, bottom) = Range(corners.Select(corner => corner.Y), rows.Height);
        _band.Load(rows, top, bottom - top);
        var (found, clear) = (0L, 0L);
        for (var row = top; row < bottom; row++)
        {
            for (var column = left; column < right; column++)
            {
                if (Holds(area, column + 0.5, row + 0.5))
                {
                    var state = _band.Row(row).At(column);
                    found += state == GroundState.Yes ? 1 : 0;
                    clear += state == GroundState.Unseen ? 0 : 1;
                }
            }
        }

        return (found, clear);
    }

    private static (int First, int End) Range(IEnumerable<double> positions, int limit)
    {
        var all = positions.ToArray();
        return ((int)Math.Clamp(all.Min() - 1, 0, limit), (int)Math.Clamp(all.Max() + 2, 0, limit));
    }

    private static bool Holds(PixelRings area, double x, double y)
    {
        var inside = false;
        foreach (var ring in area.Rings)
        {
            for (var i = 0; i < ring.Length; i++)
            {
                var (a, b) = (ring[i], ring[(i + 1) % ring.Length]);
                if ((a.Y > y) != (b.Y > y) && a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X)) < x)
                {
                    inside = !inside;
                }
            }
        }

        return inside;
    }
}
