using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Messages;

/// <summary>
/// A polygon on Earth. Rings may be open or closed and turn either way; writers close and turn them. Not across the
/// antimeridian: see <see cref="Antimeridian"/>.
/// </summary>
/// <param name="Exterior">Outer ring, at least three distinct positions.</param>
/// <param name="Holes">Inner rings; may be empty.</param>
public sealed record GeoPolygon(
    ImmutableArray<LonLat> Exterior, ImmutableArray<ImmutableArray<LonLat>> Holes)
{
    /// <summary>A polygon without holes.</summary>
    public GeoPolygon(ImmutableArray<LonLat> exterior)
        : this(exterior, [])
    {
    }

    /// <summary>Positions in all rings.</summary>
    public int VertexCount => Exterior.Length + Holes.Sum(hole => hole.Length);
}
