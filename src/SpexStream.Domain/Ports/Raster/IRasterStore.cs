using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Ports.Raster;

/// <summary>Opens rasters. Safe for use from several threads.</summary>
public interface IRasterStore
{
    /// <summary>Reads the header of a raster.</summary>
    /// <exception cref="RasterException">It cannot be opened, its driver is not allowed, or it has no usable
    /// band.</exception>
    RasterInfo Describe(string path);

    /// <summary>Opens a raster for reading by one thread at a time; the caller disposes it.</summary>
    /// <exception cref="RasterException">As for <see cref="Describe"/>.</exception>
    IRasterReader Open(string path);
}
