using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Wire.Alerts;

/// <summary>Polygons whose positions are weighed once, to be cut down to any number of them.</summary>
internal sealed class WeighedRings
{
    private const int LeastRing = 3;
    private readonly ImmutableArray<GeoPolygon> _polygons;
    private readonly Dictionary<ImmutableArray<LonLat>, double[]> _weights = [];
    private readonly double[] _sorted;

    public WeighedRings(ImmutableArray<GeoPolygon> polygons)
    {
        _polygons = polygons;
        foreach (var ring in polygons.SelectMany(polygon => polygon.Holes.Prepend(polygon.Exterior)))
        {
            _weights.TryAdd(ring, VertexWeights.Of(ring));
        }

        _sorted = [.. _weights.Values.SelectMany(weights => weights).OrderDescending()];
    }

    /// <summary>The polygons with about so many positions: the weightiest. Rings of which too little is left are left
    /// out, but for the largest.</summary>
    public ImmutableArray<GeoPolygon> Cut(int budget)
    {
        var least = _sorted[Math.Min(budget, _sorted.Length) - 1];
        // Two positions of every ring have no bound; where rings are that many, only the larger ones stay.
        var kept = _polygons
            .Select(polygon => (Polygon: polygon, Exterior: Heavy(polygon.Exterior, least)))
            .Where(entry => entry.Exterior.Length >= LeastRing)
            .OrderByDescending(entry => entry.Exterior.Length)
            .Select(entry => new GeoPolygon(
                entry.Exterior,
                [.. entry.Polygon.Holes.Select(hole => Heavy(hole, least)).Where(hole => hole.Length >= LeastRing)]))
            .ToList();
        var (count, fitting) = (0, ImmutableArray.CreateBuilder<GeoPolygon>());
        foreach (var polygon in kept.Where(polygon => fitting.Count == 0 || count + polygon.VertexCount <= budget))
        {
            fitting.Add(polygon);
            count += polygon.VertexCount;
        }

        return fitting.Count > 0 ? fitting.ToImmutable()
            : [_polygons.MaxBy(polygon => polygon.Exterior.Length)!];
    }

    private ImmutableArray<LonLat> Heavy(ImmutableArray<LonLat> ring, double least)
    {
        var weights = _weights[ring];
        return [.. ring.Where((_, i) => weights[i] >= least)];
    }
}
