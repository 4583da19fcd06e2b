namespace SpexStream.Domain.Imagery;

/// <summary>A coordinate reference system.</summary>
/// <param name="Wkt">Its definition (WKT 2 or 1); the identity.</param>
/// <param name="Code">Authority and code ("EPSG:32633"); null when none is known.</param>
/// <param name="IsGeographic">Whether coordinates are degrees (x = longitude, y = latitude).</param>
/// <param name="MetresPerUnit">Length of one unit of a projected system in metres; 1 for geographic ones.</param>
public sealed record CoordinateSystem(string Wkt, string? Code, bool IsGeographic, double MetresPerUnit);
