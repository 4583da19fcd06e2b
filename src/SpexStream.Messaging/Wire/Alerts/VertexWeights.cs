using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Messaging.Wire.Alerts;

/// <summary>
/// How much each position of a ring matters: the greatest tolerance at which the line simplification of Douglas and
/// Peucker (1973) still keeps it. The start and the position farthest from it always stay.
/// </summary>
internal static class VertexWeights
{
    /// <summary>Weights in degrees of latitude, one for each position.</summary>
    /// <param name="ring">An open ring.</param>
    public static double[] Of(ImmutableArray<LonLat> ring)
    {
        var weights = new double[ring.Length];
        var squeeze = Math.Cos(ring[0].Latitude * Math.PI / 180);
        var (far, distance) = (0, -1.0);
        for (var i = 1; i < ring.Length; i++)
        {
            var (dx, dy) = (Longitude(i) - Longitude(0), ring[i].Latitude - ring[0].Latitude);
            if ((dx * dx) + (dy * dy) > distance)
            {
                (far, distance) = (i, (dx * dx) + (dy * dy));
            }
        }

        (weights[0], weights[far]) = (double.PositiveInfinity, double.PositiveInfinity);
        var open = new Stack<(int From, int To)>([(0, far), (far, ring.Length)]);
        while (open.TryPop(out var part))
        {
            var (middle, weight) = Farthest(part.From, part.To);
            if (middle < 0)
            {
                continue;
            }

            // Never above those of the ends it hangs on, so that a cut by weight takes whole branches.
            var limit = Math.Min(weights[part.From], weights[part.To % ring.Length]);
            weights[middle] = Math.Min(weight, limit);
            open.Push((part.From, middle));
            open.Push((middle, part.To));
        }

        return weights;

        double Longitude(int i) => ring[i].Longitude * squeeze;

        (int Index, double Distance) Farthest(int from, int to)
        {
            var (best, most) = (-1, -1.0);
            for (var i = from + 1; i < to; i++)
            {
                var away = Distance(i, from, to % ring.Length);
                (best, most) = away > most ? (i, away) : (best, most);
            }

            return (best, most);
        }

        double Distance(int i, int from, int to)
        {
            var (ax, ay) = (Longitude(from), ring[from].Latitude);
            var (bx, by) = (Longitude(to) - ax, ring[to].Latitude - ay);
            var (px, py) = (Longitude(i) - ax, ring[i].Latitude - ay);
            var length = (bx * bx) + (by * by);
            var share = length == 0 ? 0 : Math.Clamp(((px * bx) + (py * by)) / length, 0, 1);
            return Math.Sqrt(Math.Pow(px - (share * bx), 2) + Math.Pow(py - (share * by), 2));
        }
    }
}
