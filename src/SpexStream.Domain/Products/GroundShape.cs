namespace SpexStream.Domain.Products;

/// <summary>
/// A multipolygon on Earth in flat arrays, so that a hundred thousand of them make no million objects. Rings are closed;
/// exteriors run counter-clockwise, holes clockwise (RFC 7946, 3.1.6). Valid until the next one is made.
/// </summary>
/// <param name="Coordinates">Longitude, latitude, longitude, latitude ... in degrees.</param>
/// <param name="RingEnds">For each ring, the number of positions up to its end.</param>
/// <param name="PolygonEnds">For each polygon, the number of rings up to its end; the first ring of each is its exterior.</param>
public sealed record GroundShape(List<double> Coordinates, List<int> RingEnds, List<int> PolygonEnds);
