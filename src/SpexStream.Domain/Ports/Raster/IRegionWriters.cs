namespace SpexStream.Domain.Ports.Raster;

/// <summary>Creates writers of region files. Safe for use from several threads.</summary>
public interface IRegionWriters
{
    /// <summary>Creates a writer of the same regions as FlatGeobuf with a spatial index and as GeoJSON (RFC 7946); the
    /// caller disposes it.</summary>
    /// <exception cref="Imagery.RasterException">A file cannot be created.</exception>
    IRegionWriter Create(string flatGeobufPath, string geoJsonPath);
}
