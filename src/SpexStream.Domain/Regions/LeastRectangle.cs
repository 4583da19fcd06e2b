using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Regions;

/// <summary>
/// The rectangle of least area around a convex hull: one of its sides lies along a side of the hull (Freeman, Shapira
/// 1975), found with rotating calipers (Toussaint 1983). Areas are compared as exact fractions; of equal ones an
/// axis-parallel rectangle wins, then the first around the hull, so that the answer does not depend on rounding.
/// </summary>
internal static class LeastRectangle
{
    /// <summary>Corners in an order around the rectangle, fractions of a pixel included.</summary>
    /// <param name="hull">As <see cref="ConvexHull"/> gives it; one or two points are a rectangle without area.</param>
    /// <param name="corners">Receives four corners.</param>
    public static void Around(ReadOnlySpan<PixelCorner> hull, Span<PixelPoint> corners)
    {
        if (hull.Length < 3)
        {
            var (a, b) = (hull[0], hull[^1]);
            corners[0] = corners[1] = new(a.X, a.Y);
            corners[2] = corners[3] = new(b.X, b.Y);
            return;
        }

        var best = Candidate(hull, 0, 1, 1, 1);
        var (next, opposite, behind) = (1, 1, 1);
        var found = default(Side);
        for (var i = 0; i < hull.Length; i++)
        {
            var side = Candidate(hull, i, next, opposite, behind);
            (next, opposite, behind) = (side.Forward, side.Opposite, side.Behind);
            if (i == 0 || side.IsBetterThan(best))
            {
                (best, found) = (side, side);
            }
        }

        Corners(hull, found, corners);
    }

    /// <summary>Orders four corners clockwise (rows run down) from the upper left: the two of least y come
    /// first.</summary>
    public static void Order(Span<PixelPoint> corners)
    {
        corners.Sort((a, b) => a.Y != b.Y ? a.Y.CompareTo(b.Y) : a.X.CompareTo(b.X));
        corners[..2].Sort((a, b) => a.X.CompareTo(b.X));
        corners[2..].Sort((a, b) => b.X.CompareTo(a.X));
    }

    private static Side Candidate(ReadOnlySpan<PixelCorner> hull, int i, int forward, int opposite, int behind)
    {
        var n = hull.Length;
        var (a, b) = (hull[i], hull[(i + 1) % n]);
        long dx = b.X - a.X, dy = b.Y - a.Y;
        forward = Climb(hull, forward == i ? i + 1 : forward, dx, dy);
        opposite = Climb(hull, IsBefore(opposite, forward, i, n) ? forward : opposite, dy, -dx);
        behind = Climb(hull, IsBefore(behind, opposite, i, n) ? opposite : behind, -dx, -dy);
        var along = Dot(hull[forward], dx, dy) - Dot(hull[behind], dx, dy);
        var across = Dot(hull[opposite], dy, -dx) - Dot(a, dy, -dx);
        return new(i, forward, opposite, behind, along, across, (dx * dx) + (dy * dy), dx == 0 || dy == 0);
    }

    private static bool IsBefore(int index, int mark, int from, int n) =>
        (index - from + n) % n < (mark - from + n) % n;

    // The hull is convex, so from a point not past the extreme one a climb cannot end on a lesser summit.
    private static int Climb(ReadOnlySpan<PixelCorner> hull, int from, long dx, long dy)
    {
        var at = from % hull.Length;
        for (var tried = 0; tried < hull.Length; tried++)
        {
            var next = at + 1 == hull.Length ? 0 : at + 1;
            if (Dot(hull[next], dx, dy) < Dot(hull[at], dx, dy))
            {
                break;
            }

            at = next;
        }

        return at;
    }

    private static long Dot(PixelCorner point, long dx, long dy) => (point.X * dx) + (point.Y * dy);

    private static void Corners(ReadOnlySpan<PixelCorner> hull, in Side side, Span<PixelPoint> corners)
    {
        var (a, b) = (hull[side.Index], hull[(side.Index + 1) % hull.Length]);
        long dx = b.X - a.X, dy = b.Y - a.Y;
        var low = Dot(hull[side.Behind], dx, dy);
        var high = Dot(hull[side.Forward], dx, dy);
        var near = Dot(a, dy, -dx);
        var far = Dot(hull[side.Opposite], dy, -dx);
        corners[0] = At(low, near);
        corners[1] = At(high, near);
        corners[2] = At(high, far);
        corners[3] = At(low, far);

        // Whole numbers up to the one division, so that corners on the pixel grid come out exactly.
        PixelPoint At(long along, long across)
        {
            double square = (dx * dx) + (dy * dy);
            var x = ((Int128)along * dx) + ((Int128)across * dy);
            var y = ((Int128)along * dy) - ((Int128)across * dx);
            return new((double)x / square, (double)y / square);
        }
    }

    private readonly record struct Side(
        int Index, int Forward, int Opposite, int Behind, long Along, long Across, long Square, bool IsParallel)
    {
        // Area = along * across / square; both sides are multiplied by both squares.
        public bool IsBetterThan(in Side other)
        {
            // Three factors of 21 bits fit into one word: those of every region but the largest.
            if (((Along | Across | Square | other.Along | other.Across | other.Square) >> 21) == 0)
            {
                var (small, othersSmall) = (Along * Across * other.Square, other.Along * other.Across * Square);
                return small < othersSmall || (small == othersSmall && IsParallel && !other.IsParallel);
            }

            var mine = (Int128)Along * Across * other.Square;
            var others = (Int128)other.Along * other.Across * Square;
            return mine < others || (mine == others && IsParallel && !other.IsParallel);
        }
    }
}
