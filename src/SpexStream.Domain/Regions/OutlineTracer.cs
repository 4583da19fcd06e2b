using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Traces the outline of a region from its sorted runs. Keeps its scratch from region to region; one thread at a time.
/// </summary>
public sealed class OutlineTracer
{
    private readonly EdgeLinks _links = new();
    private readonly RunParts _parts = new();
    private readonly List<ImmutableArray<PixelCorner>> _rings = [];
    private readonly List<int> _ringParts = [];
    private PixelCorner[] _ring = new PixelCorner[64];

    /// <summary>Traces one region.</summary>
    /// <param name="runs">Its runs (8-connected), sorted by row and column, with a gap between any two of a
    /// row.</param>
    public RegionOutline Trace(ReadOnlySpan<RegionRun> runs)
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

        CollectRings(runs, parts);
        return new(partCount == 1 ? [new([.. _rings])] : ByPart(partCount));
    }

    // Edges are tried in run order, so a part's exterior is found first: it starts at the left of its first run.
    private void CollectRings(ReadOnlySpan<RegionRun> runs, ReadOnlySpan<int> parts)
    {
        _rings.Clear();
        _ringParts.Clear();
        var next = _links.Next[..(2 * runs.Length)];
        for (var edge = 0; edge < next.Length; edge++)
        {
            if (next[edge] >= 0)
            {
                _rings.Add(Follow(edge, next, runs));
                _ringParts.Add(parts.IsEmpty ? 0 : parts[edge >> 1]);
            }
        }
    }

    private ImmutableArray<PixelCorner> Follow(int start, Span<int> next, ReadOnlySpan<RegionRun> runs)
    {
        var x = _links.X;
        var count = 0;
        for (var edge = start; next[edge] >= 0;)
        {
            var following = next[edge];
            next[edge] = ~following;
            if (x[edge] != x[following])
            {
                if (count + 2 > _ring.Length)
                {
                    Array.Resize(ref _ring, 2 * _ring.Length);
                }

                var line = (edge & 1) == 0 ? runs[edge >> 1].Row + 1 : runs[edge >> 1].Row;
                _ring[count++] = new(x[edge], line);
                _ring[count++] = new(x[following], line);
            }

            edge = following;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(_ring.AsSpan(0, count).ToArray());
    }

    private ImmutableArray<OutlinePolygon> ByPart(int partCount)
    {
        var rings = new ImmutableArray<ImmutableArray<PixelCorner>>.Builder[partCount];
        for (var i = 0; i < _rings.Count; i++)
        {
            (rings[_ringParts[i]] ??= ImmutableArray.CreateBuilder<ImmutableArray<PixelCorner>>(1)).Add(_rings[i]);
        }

        return [.. rings.Select(part => new OutlinePolygon(part.DrainToImmutable()))];
    }
}
