namespace SpexStream.Domain.Ports.Raster;

/// <summary>From a coordinate system to longitude and latitude in degrees (WGS 84). Not thread-safe.</summary>
public interface ICoordinateTransform : IDisposable
{
    /// <summary>Transforms positions in place: CRS x, y become longitude, latitude; a position that cannot be
    /// transformed becomes NaN, NaN. Both spans have the same length.</summary>
    void ToLonLat(Span<double> x, Span<double> y);
}
