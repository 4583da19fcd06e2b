namespace SpexStream.Domain.Grid;

/// <summary>A position on Earth in degrees, WGS 84: longitude -180..180 first, latitude -90..90 second.</summary>
public readonly record struct LonLat(double Longitude, double Latitude);
