using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Alerts.Areas;

/// <summary>
/// A polygon of an area of interest. Edges are straight in longitude and latitude (RFC 7946, 3.1.1). Longitudes run on
/// beyond 180 rather than jump; the westernmost lies in -180..180. Rings are closed.
/// </summary>
/// <param name="Rings">The exterior, then the holes; they may turn either way.</param>
public sealed record AreaPolygon(ImmutableArray<ImmutableArray<LonLat>> Rings)
{
    /// <summary>Positions in all rings.</summary>
    public int VertexCount => Rings.Sum(ring => ring.Length);

    /// <summary>The box around it.</summary>
    public AreaBox Box { get; } = AreaBox.Around(Rings[0].AsSpan());

    /// <summary>
    /// Puts rings as a file gives them into this form. A step of more than 180 degrees of longitude is taken for one
    /// over the antimeridian.
    /// </summary>
    /// <param name="rings">The exterior, then the holes; closed, at least four positions each.</param>
    /// <returns>Null for a polygon around a pole.</returns>
    public static AreaPolygon? Of(IReadOnlyList<ImmutableArray<LonLat>> rings)
    {
        if (Unwrapped(rings[0], rings[0][0].Longitude) is not { } exterior)
        {
            return null;
        }

        var west = exterior.Min(p => p.Longitude);
        var shift = -360 * Math.Floor((west + 180) / 360);
        var placed = ImmutableArray.CreateBuilder<ImmutableArray<LonLat>>(rings.Count);
        placed.Add(Moved(exterior, shift));
        var middle = (placed[0].Min(p => p.Longitude) + placed[0].Max(p => p.Longitude)) / 2;
        foreach (var ring in rings.Skip(1))
        {
            if (Unwrapped(ring, middle) is not { } hole)
            {
                return null;
            }

            placed.Add(hole);
        }

        return new(placed.MoveToImmutable());
    }

    private static ImmutableArray<LonLat> Moved(ImmutableArray<LonLat> ring, double shift) =>
        shift == 0 ? ring : [.. ring.Select(p => p with { Longitude = p.Longitude + shift })];

    private static ImmutableArray<LonLat>? Unwrapped(ImmutableArray<LonLat> ring, double near)
    {
        var path = ImmutableArray.CreateBuilder<LonLat>(ring.Length);
        foreach (var position in ring)
        {
            var turns = Math.Round((near - position.Longitude) / 360);
            path.Add(turns == 0 ? position : position with { Longitude = position.Longitude + (360 * turns) });
            near = path[^1].Longitude;
        }

        return Math.Abs(path[^1].Longitude - path[0].Longitude) > 180 ? null : path.MoveToImmutable();
    }
}
