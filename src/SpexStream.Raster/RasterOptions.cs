using System.Collections.Immutable;

namespace SpexStream.Raster;

/// <summary>How rasters are opened.</summary>
public sealed record RasterOptions
{
    /// <summary>Drivers that may open untrusted input; the first that fits is used. No VRT: it can name any other
    /// file.</summary>
    public ImmutableArray<string> AllowedDrivers { get; init; } =
        ["GTiff", "JP2OpenJPEG", "PNG", "NITF", "HDF5", "HDF5Image", "netCDF"];

    /// <summary>Whether paths of GDAL's network file systems (/vsicurl/, /vsis3/ ...) and URLs may be opened.</summary>
    public bool AllowNetwork { get; init; }

    /// <summary>Bytes that one decoded block of one band may take. A file of a few kilobytes can claim blocks of many
    /// gigabytes, which every read of it would allocate and fill.</summary>
    public long MaxBlockBytes { get; init; } = 1L << 30;

    /// <summary>GDAL's block cache in bytes, for the whole process. Small: SpexStream keeps its own pixel
    /// cache.</summary>
    public long BlockCacheBytes { get; init; } = 24L << 20;
}
