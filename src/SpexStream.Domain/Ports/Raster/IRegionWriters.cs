namespace SpexStream.Domain.Ports.Raster;

/// <summary>Creates writers of region files. Safe for use from several threads.</summary>
public interface IRegionWriters
{
    /// <summary>Creates a writer of FlatGeobuf; the caller disposes it.</summary>
    /// <exception cref="Imagery.RasterException">The file cannot be created.</exception>
    IRegionWriter CreateFlatGeobuf(string path);

    /// <summary>Creates a writer of GeoJSON (RFC 7946); the caller disposes it.</summary>
    IRegionWriter CreateGeoJson(string path);
}
