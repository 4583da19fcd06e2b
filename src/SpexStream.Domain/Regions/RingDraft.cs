using System.Collections.Immutable;

namespace SpexStream.Domain.Regions;

/// <summary>One ring on its way to fewer corners: which of its corners are kept, by the rule of Douglas and
/// Peucker.</summary>
internal sealed class RingDraft
{
    private const int LeastCorners = 3;
    private readonly ImmutableArray<PixelCorner> _ring;
    private readonly bool[] _kept;

    /// <summary>Drafts a ring.</summary>
    /// <param name="ring">The exact ring.</param>
    /// <param name="touching">Corners that rings share; they are kept with their neighbours.</param>
    /// <param name="tolerance">In pixels.</param>
    /// <param name="isHole">A hole may collapse to nothing, an exterior never.</param>
    public RingDraft(ImmutableArray<PixelCorner> ring, HashSet<PixelCorner> touching, double tolerance, bool isHole)
    {
        (_ring, _kept) = (ring, new bool[ring.Length]);
        MarkTouching(touching);
        MarkExtremes();
        Reduce(tolerance);
        if (!isHole && Count < LeastCorners)
        {
            // The farthest corner on either side still says where a thin part lies.
            MarkFarthestOfEachChain();
        }
    }

    /// <summary>Corners kept.</summary>
    public int Count => _kept.AsSpan().Count(true);

    /// <summary>Whether nothing is left of the ring.</summary>
    public bool IsCollapsed => Count < LeastCorners;

    /// <summary>The corners kept.</summary>
    public ImmutableArray<PixelCorner> Corners => [.. _ring.Where((_, i) => _kept[i])];

    /// <summary>Adds the edges between kept corners.</summary>
    public void AddEdges(List<DraftEdge> edges)
    {
        var first = Array.IndexOf(_kept, true);
        for (var from = first; from < first + _ring.Length;)
        {
            var to = NextKept(from);
            var (a, b) = (_ring[from % _ring.Length], _ring[to % _ring.Length]);
            edges.Add(new(this, from, a, b));
            from = to;
        }
    }

    /// <summary>Keeps all corners of the exact ring from a kept one to the next kept one.</summary>
    public void Restore(int from)
    {
        for (var i = from + 1; !_kept[i % _ring.Length]; i++)
        {
            _kept[i % _ring.Length] = true;
        }
    }

    private int NextKept(int from)
    {
        var to = from + 1;
        while (!_kept[to % _ring.Length])
        {
            to++;
        }

        return to;
    }

    private void MarkTouching(HashSet<PixelCorner> touching)
    {
        var n = _ring.Length;
        for (var i = 0; touching.Count > 0 && i < n; i++)
        {
            if (touching.Contains(_ring[i]))
            {
                _kept[i] = _kept[(i + 1) % n] = _kept[(i + n - 1) % n] = true;
            }
        }
    }

    // Two ends of the ring that do not depend on where it starts: the first corner by row, and the farthest from it.
    private void MarkExtremes()
    {
        var first = 0;
        for (var i = 1; i < _ring.Length; i++)
        {
            first = (_ring[i].Y, _ring[i].X).CompareTo((_ring[first].Y, _ring[first].X)) < 0 ? i : first;
        }

        var (far, most) = (first, 0L);
        for (var i = 0; i < _ring.Length; i++)
        {
            long dx = _ring[i].X - _ring[first].X, dy = _ring[i].Y - _ring[first].Y;
            (far, most) = (dx * dx) + (dy * dy) > most ? (i, (dx * dx) + (dy * dy)) : (far, most);
        }

        _kept[first] = _kept[far] = true;
    }

    private void Reduce(double tolerance)
    {
        var stack = new Stack<(int From, int To)>(Chains());
        while (stack.TryPop(out var chain))
        {
            var far = Farthest(chain.From, chain.To, tolerance);
            if (far >= 0)
            {
                _kept[far % _ring.Length] = true;
                stack.Push((chain.From, far));
                stack.Push((far, chain.To));
            }
        }
    }

    private void MarkFarthestOfEachChain()
    {
        foreach (var (from, to) in Chains())
        {
            var far = Farthest(from, to, 0);
            _kept[(far < 0 ? from : far) % _ring.Length] = true;
        }
    }

    private List<(int From, int To)> Chains()
    {
        var chains = new List<(int From, int To)>();
        var first = Array.IndexOf(_kept, true);
        for (var from = first; from < first + _ring.Length; from = chains[^1].To)
        {
            chains.Add((from, NextKept(from)));
        }

        return chains;
    }

    private int Farthest(int from, int to, double tolerance)
    {
        var (a, b) = (_ring[from % _ring.Length], _ring[to % _ring.Length]);
        double dx = b.X - a.X, dy = b.Y - a.Y;
        var squaredLength = (dx * dx) + (dy * dy);
        var (far, most) = (-1, tolerance * tolerance);
        for (var i = from + 1; i < to; i++)
        {
            // To the segment, not to the line: a chain may turn back behind its own end.
            var corner = _ring[i < _ring.Length ? i : i - _ring.Length];
            double px = corner.X - a.X, py = corner.Y - a.Y;
            var along = squaredLength == 0 ? 0 : Math.Clamp(((px * dx) + (py * dy)) / squaredLength, 0, 1);
            (px, py) = (px - (along * dx), py - (along * dy));
            var distance = (px * px) + (py * py);
            (far, most) = distance > most ? (i, distance) : (far, most);
        }

        return far;
    }
}

/// <summary>An edge of a draft: from a kept corner, whose place in the exact ring it names, to the next one.</summary>
internal readonly record struct DraftEdge(RingDraft Ring, int From, PixelCorner A, PixelCorner B)
{
    public int Left => Math.Min(A.X, B.X);

    public int Right => Math.Max(A.X, B.X);
}
