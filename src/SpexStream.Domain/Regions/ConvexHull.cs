namespace SpexStream.Domain.Regions;

/// <summary>
/// Convex hull of a region from the ends of its rows, by monotone chains (Andrew 1979) in exact integers: rows come
/// sorted, so it takes time in proportion to the runs. Scratch of one thread.
/// </summary>
internal sealed class ConvexHull
{
    private PixelCorner[] _left = new PixelCorner[64];
    private PixelCorner[] _right = new PixelCorner[64];
    private int _lefts;
    private int _rights;

    /// <summary>Hull of the pixel centres, as pixel indices.</summary>
    public ReadOnlySpan<PixelCorner> OfCentres(ReadOnlySpan<RegionRun> runs) => Build(runs, 0);

    /// <summary>Hull of the pixels' corners.</summary>
    public ReadOnlySpan<PixelCorner> OfCorners(ReadOnlySpan<RegionRun> runs) => Build(runs, 1);

    /// <summary>
    /// Corners without repeats or points on a straight line, from the topmost (of these the leftmost) down the left
    /// side and up the right one. Valid until the next call.
    /// </summary>
    private ReadOnlySpan<PixelCorner> Build(ReadOnlySpan<RegionRun> runs, int thickness)
    {
        (_lefts, _rights) = (0, 0);
        for (var first = 0; first < runs.Length;)
        {
            var row = runs[first].Row;
            var end = first + 1;
            while (end < runs.Length && runs[end].Row == row)
            {
                end++;
            }

            var (start, stop) = (runs[first].Start, runs[end - 1].End - 1 + thickness);
            for (var y = row; y <= row + thickness; y++)
            {
                Push(ref _left, ref _lefts, new(start, y), 1);
                Push(ref _right, ref _rights, new(stop, y), -1);
            }

            first = end;
        }

        return Joined();
    }

    private static void Push(ref PixelCorner[] chain, ref int count, PixelCorner point, int side)
    {
        if (count > 0 && chain[count - 1].Y == point.Y)
        {
            if ((point.X - chain[count - 1].X) * side >= 0)
            {
                return;
            }

            count--;
        }

        while (count >= 2 && RingGeometry.Cross(chain[count - 2], chain[count - 1], point) * side >= 0)
        {
            count--;
        }

        if (count == chain.Length)
        {
            Array.Resize(ref chain, 2 * count);
        }

        chain[count++] = point;
    }

    private ReadOnlySpan<PixelCorner> Joined()
    {
        if (_left.Length < _lefts + _rights)
        {
            Array.Resize(ref _left, _lefts + _rights);
        }

        var count = _lefts;
        for (var i = _rights - 1; i >= 0; i--)
        {
            if (_right[i] != _left[count - 1] && (i > 0 || _right[0] != _left[0]))
            {
                _left[count++] = _right[i];
            }
        }

        return _left.AsSpan(0, count);
    }
}
