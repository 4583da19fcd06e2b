namespace SpexStream.Domain.Products;

/// <summary>
/// A multipolygon on Earth that is read piece by piece, so that an outline of a million positions is never held as
/// coordinates. Rings are closed; exteriors run counter-clockwise, holes clockwise (RFC 7946, 3.1.6). One thread; valid
/// until its maker makes the next one.
/// </summary>
public interface IGroundShape
{
    /// <summary>For each polygon, the number of rings up to its end; the first ring of each is its exterior.</summary>
    ReadOnlySpan<int> PolygonEnds { get; }

    /// <summary>Positions in a ring, the closing one included: at least four.</summary>
    int RingLength(int ring);

    /// <summary>Gives positions of one ring.</summary>
    /// <param name="ring">Which ring, counted over all polygons.</param>
    /// <param name="first">First position in the ring.</param>
    /// <param name="positions">Filled with longitude, latitude, longitude, latitude ... in degrees.</param>
    void Read(int ring, int first, Span<double> positions);
}
