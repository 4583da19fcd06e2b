using System.Runtime.InteropServices;

namespace SpexStream.Domain.Products;

/// <summary>A multipolygon whose positions lie in one list.</summary>
/// <param name="Coordinates">Longitude, latitude, longitude, latitude ... in degrees.</param>
/// <param name="RingEnds">For each ring, the number of positions up to its end.</param>
/// <param name="PolygonRings">For each polygon, the number of rings up to its end.</param>
public sealed record GroundShape(List<double> Coordinates, List<int> RingEnds, List<int> PolygonRings) : IGroundShape
{
    /// <inheritdoc/>
    public ReadOnlySpan<int> PolygonEnds => CollectionsMarshal.AsSpan(PolygonRings);

    /// <inheritdoc/>
    public int RingLength(int ring) => RingEnds[ring] - Start(ring);

    /// <inheritdoc/>
    public void Read(int ring, int first, Span<double> positions) =>
        CollectionsMarshal.AsSpan(Coordinates).Slice(2 * (Start(ring) + first), positions.Length).CopyTo(positions);

    private int Start(int ring) => ring == 0 ? 0 : RingEnds[ring - 1];
}
