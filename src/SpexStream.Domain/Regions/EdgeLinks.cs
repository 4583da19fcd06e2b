namespace SpexStream.Domain.Regions;

/// <summary>
/// The boundary of a region as linked vertical edges. Run i has edge 2i on its left, directed down, and edge 2i + 1 on
/// its right, directed up, so that the region lies to the left of every edge on a map whose rows run south. The edges
/// are linked through the horizontal pieces between them by one sweep along each line between two pixel rows: time in
/// proportion to the runs, no bitmap. Scratch of one thread.
/// </summary>
internal sealed class EdgeLinks
{
    private int[] _x = new int[256];
    private int[] _next = new int[256];

    /// <summary>Column line of each edge.</summary>
    public ReadOnlySpan<int> X => _x;

    /// <summary>The edge that follows each edge around its ring.</summary>
    public Span<int> Next => _next;

    /// <summary>
    /// Links the edges of runs sorted by row and column, not touching within a row. Where two pixels meet in a corner
    /// only, the ring goes on into the other pixel if both belong to one part, and stays with its own pixel otherwise.
    /// </summary>
    /// <param name="runs">All runs of the region.</param>
    /// <param name="parts">Part of each run; empty when all belong together.</param>
    /// <returns>Number of corners in which only two pixels meet.</returns>
    public int Build(ReadOnlySpan<RegionRun> runs, ReadOnlySpan<int> parts)
    {
        Reserve(2 * runs.Length);
        for (var i = 0; i < runs.Length; i++)
        {
            (_x[2 * i], _x[(2 * i) + 1]) = (runs[i].Start, runs[i].End);
        }

        var pinches = 0;
        var (above, first) = (0, 0);
        while (first < runs.Length)
        {
            var row = runs[first].Row;
            var end = first + 1;
            while (end < runs.Length && runs[end].Row == row)
            {
                end++;
            }

            if (above < first && runs[above].Row != row - 1)
            {
                pinches += Line(2 * above, 2 * first, 2 * first, 2 * first, parts);
                above = first;
            }

            pinches += Line(2 * above, 2 * first, 2 * first, 2 * end, parts);
            (above, first) = (first, end);
        }

        return pinches + Line(2 * above, 2 * first, 2 * first, 2 * first, parts);
    }

    // Edges [e, eEnd) end or begin above the line, edges [f, fEnd) below it; even offsets open a run, odd ones close
    // it.
    private int Line(int e, int eEnd, int f, int fEnd, ReadOnlySpan<int> parts)
    {
        var (x, next) = (_x, _next);
        var (pending, pinches) = (0, 0);
        while (e < eEnd || f < fEnd)
        {
            var xe = e < eEnd ? x[e] : int.MaxValue;
            var xf = f < fEnd ? x[f] : int.MaxValue;
            var insideAbove = (e & 1) != 0;
            var insideBelow = (f & 1) != 0;
            if (xe == xf)
            {
                if (insideAbove != insideBelow)
                {
                    pinches++;
                    pending = Pinch(e, f, pending, insideAbove, parts.IsEmpty || parts[e >> 1] == parts[f >> 1]);
                }
                else if (insideAbove)
                {
                    next[f] = e;
                }
                else
                {
                    next[e] = f;
                }

                e++;
                f++;
                continue;
            }

            var edge = xe < xf ? e++ : f++;
            if (insideAbove == insideBelow)
            {
                // A horizontal piece begins here; which way it runs decides who follows whom at its other end.
                pending = edge;
            }
            else if (insideAbove)
            {
                next[pending] = edge;
            }
            else
            {
                next[edge] = pending;
            }
        }

        return pinches;
    }

    private int Pinch(int e, int f, int pending, bool insideAbove, bool joined)
    {
        if (insideAbove)
        {
            _next[pending] = joined ? f : e;
            return joined ? e : f;
        }

        _next[joined ? e : f] = pending;
        return joined ? f : e;
    }

    private void Reserve(int edges)
    {
        if (_x.Length < edges)
        {
            var size = Math.Max(edges, 2 * _x.Length);
            (_x, _next) = (new int[size], new int[size]);
        }
    }
}
