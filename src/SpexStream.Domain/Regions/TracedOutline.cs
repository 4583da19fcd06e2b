using System.Runtime.InteropServices;

namespace SpexStream.Domain.Regions;

/// <summary>
/// The outline of a region as <see cref="RegionOutline"/> describes it, but with closed rings in one array: a tracer's
/// scratch, valid until it traces the next one. One thread.
/// </summary>
public sealed class TracedOutline
{
    private readonly List<RingPlace> _found = [];
    private readonly List<int> _polygonEnds = [];
    private RingPlace[] _rings = [];
    private PixelCorner[] _corners = [];
    private int _count;

    internal TracedOutline()
    {
    }

    /// <summary>For each polygon, the number of rings up to its end; its exterior comes first.</summary>
    public ReadOnlySpan<int> PolygonEnds => CollectionsMarshal.AsSpan(_polygonEnds);

    /// <summary>Number of rings.</summary>
    public int RingCount => _found.Count;

    /// <summary>Corners in a ring, the first one once more at the end.</summary>
    public int RingLength(int ring) => _rings[ring].Length;

    /// <summary>The corners of a ring, the first one once more at the end. Whoever wants them otherwise may change
    /// them.</summary>
    public Span<PixelCorner> Ring(int ring) => _corners.AsSpan(_rings[ring].First, _rings[ring].Length);

    /// <summary>Empties it.</summary>
    /// <param name="mostCorners">Room for corners.</param>
    internal void Clear(int mostCorners)
    {
        if (_corners.Length < mostCorners)
        {
            // Pages that no corner reaches stay untouched, so a generous bound costs address space only.
            _corners = GC.AllocateUninitializedArray<PixelCorner>(Math.Max(mostCorners, 2 * _corners.Length));
        }

        _count = 0;
        _found.Clear();
    }

    /// <summary>Room behind the last ring.</summary>
    internal Span<PixelCorner> Rest() => _corners.AsSpan(_count);

    /// <summary>Takes a closed ring that was put into <see cref="Rest"/>.</summary>
    internal void Add(int part, int length)
    {
        _found.Add(new(part, _count, length));
        _count += length;
    }

    /// <summary>Makes a polygon of the rings of each part, in the order in which they were found.</summary>
    internal void Group(int parts)
    {
        CollectionsMarshal.SetCount(_polygonEnds, parts);
        var ends = CollectionsMarshal.AsSpan(_polygonEnds);
        ends.Clear();
        if (_rings.Length < _found.Count)
        {
            _rings = new RingPlace[Math.Max(_found.Count, 2 * _rings.Length)];
        }

        foreach (var ring in _found)
        {
            ends[ring.Part]++;
        }

        // Each entry first says where its polygon begins, then runs up to where it ends.
        var sum = 0;
        foreach (ref var end in ends)
        {
            (end, sum) = (sum, sum + end);
        }

        foreach (var ring in _found)
        {
            _rings[ends[ring.Part]++] = ring;
        }
    }

    private readonly record struct RingPlace(int Part, int First, int Length);
}
