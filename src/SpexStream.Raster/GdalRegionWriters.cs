using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Raster.Vector;

namespace SpexStream.Raster;

/// <summary>Region files for everything that reads through GDAL: FlatGeobuf and GeoJSON, both written
/// directly.</summary>
public sealed class GdalRegionWriters : IRegionWriters
{
    /// <inheritdoc/>
    public IRegionWriter Create(string flatGeobufPath, string geoJsonPath)
    {
        try
        {
            return new RegionFileWriter(flatGeobufPath, geoJsonPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RasterException(flatGeobufPath, null, error.Message, error);
        }
    }
}
