using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Ports.Raster;

/// <summary>Makes transformations between coordinate systems. Safe for use from several threads.</summary>
public interface ICoordinateTransforms
{
    /// <summary>The transformation to longitude and latitude; the caller disposes it.</summary>
    /// <exception cref="FormatException">The library does not understand the coordinate system.</exception>
    ICoordinateTransform ToLonLat(CoordinateSystem crs);

    /// <summary>Reads a coordinate system from a code ("EPSG:32633") or WKT.</summary>
    /// <exception cref="FormatException">The library does not understand it.</exception>
    CoordinateSystem Parse(string definition);
}
