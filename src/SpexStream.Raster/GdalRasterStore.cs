using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Raster.Native;

namespace SpexStream.Raster;

/// <summary>Rasters through GDAL, only with the drivers of an allow list.</summary>
public sealed class GdalRasterStore : IRasterStore
{
    private readonly RasterOptions _options;

    /// <summary>Loads GDAL, if that was not done yet, and sets its block cache.</summary>
    /// <exception cref="RasterException">GDAL is missing or too old.</exception>
    public GdalRasterStore(RasterOptions options)
    {
        _options = options;
        LibraryVersion = GdalLibrary.EnsureLoaded();
        Gdal.SetCacheMax(options.BlockCacheBytes);
        // A directory listing per opened file would make every open as slow as the folder is full.
        Cpl.SetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR");
        Cpl.SetConfigOption("GDAL_PAM_ENABLED", "NO");
        if (!options.AllowNetwork)
        {
            Cpl.SetConfigOption("CPL_CURL_ENABLE_VSIMEM", "NO");
        }
    }

    /// <summary>Version of libgdal ("3.6.2").</summary>
    public string LibraryVersion { get; }

    /// <summary>Drivers of the allow list that this libgdal has.</summary>
    public IReadOnlyList<string> AvailableDrivers =>
        [.. _options.AllowedDrivers.Where(name => Gdal.DriverByName(name) != 0)];

    /// <inheritdoc/>
    public RasterInfo Describe(string path)
    {
        using var reader = Open(path);
        return reader.Info;
    }

    /// <inheritdoc/>
    public IRasterReader Open(string path)
    {
        RasterPaths.Check(path, _options);
        return new GdalRasterReader(
            GdalDataset.OpenRaster(path, _options.AllowedDrivers), path, _options.MaxBlockBytes);
    }
}
