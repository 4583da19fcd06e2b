using System.Collections.Immutable;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Traces the outline of a region from its sorted runs. Keeps its scratch from region to region; one thread at a time.
/// </summary>
public sealed class OutlineTracer
{
    private readonly EdgeLinks _links = new();
    private readonly RunParts _parts = new();
    private readonly TracedOutline _outline = new();

    /// <summary>Traces one region.</summary>
    /// <param name="runs">Its runs (8-connected), sorted by row and column, with a gap between any two of a
    /// row.</param>
    public RegionOutline Trace(ReadOnlySpan<RegionRun> runs)
    {
        var traced = TraceRings(runs);
        var polygons = ImmutableArray.CreateBuilder<OutlinePolygon>(traced.PolygonEnds.Length);
        var ring = 0;
        foreach (var end in traced.PolygonEnds)
        {
            var rings = ImmutableArray.CreateBuilder<ImmutableArray<PixelCorner>>(end - ring);
            for (; ring < end; ring++)
            {
                rings.Add([.. traced.Ring(ring)[..^1]]);
            }

            polygons.Add(new(rings.MoveToImmutable()));
        }

        return new(polygons.MoveToImmutable());
    }

    /// <summary>Traces one region into scratch that the next call uses again.</summary>
    /// <param name="runs">As for <see cref="Trace"/>.</param>
    public TracedOutline TraceRings(ReadOnlySpan<RegionRun> runs)
    {
        ReadOnlySpan<int> parts = [];
        var partCount = 1;
        if (_links.Build(runs, parts) > 0)
        {
            parts = _parts.Find(runs);
            partCount = _parts.Count;
            if (partCount > 1)
            {
                _links.Build(runs, parts);
            }
        }

        // At most two corners for each of a run's two edges, and the first one again for each two edges.
        _outline.Clear(5 * runs.Length);
        CollectRings(runs, partCount > 1 ? parts : []);
        _outline.Group(partCount);
        return _outline;
    }

    // Edges are tried in run order, so a part's exterior is found first: it starts at the left of its first run.
    private void CollectRings(ReadOnlySpan<RegionRun> runs, ReadOnlySpan<int> parts)
    {
        var next = _links.Next[..(2 * runs.Length)];
        for (var edge = 0; edge < next.Length; edge++)
        {
            if (next[edge] >= 0)
            {
                _outline.Add(parts.IsEmpty ? 0 : parts[edge >> 1], Follow(edge, next, runs, _outline.Rest()));
            }
        }
    }

    private int Follow(int start, Span<int> next, ReadOnlySpan<RegionRun> runs, Span<PixelCorner> ring)
    {
        var x = _links.X;
        var count = 0;
        for (var edge = start; next[edge] >= 0;)
        {
            var following = next[edge];
            next[edge] = ~following;
            var (from, to) = (x[edge], x[following]);
            if (from != to)
            {
                var line = (edge & 1) == 0 ? runs[edge >> 1].Row + 1 : runs[edge >> 1].Row;
                ring[count] = new(from, line);
                ring[count + 1] = new(to, line);
                count += 2;
            }

            edge = following;
        }

        ring[count] = ring[0];
        return count + 1;
    }
}
