using SpexStream.Domain.Ports.Raster;
using SpexStream.Raster.Native;
using SpexStream.Raster.Vector;

namespace SpexStream.Raster;

/// <summary>Region files: FlatGeobuf through GDAL, GeoJSON written directly.</summary>
public sealed class GdalRegionWriters : IRegionWriters
{
    /// <summary>Loads GDAL, if that was not done yet.</summary>
    public GdalRegionWriters() => GdalLibrary.EnsureLoaded();

    /// <inheritdoc/>
    public IRegionWriter CreateFlatGeobuf(string path) => new FlatGeobufWriter(path);

    /// <inheritdoc/>
    public IRegionWriter CreateGeoJson(string path) => new GeoJsonWriter(path);
}
