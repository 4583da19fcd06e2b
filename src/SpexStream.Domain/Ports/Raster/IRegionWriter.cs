using SpexStream.Domain.Products;

namespace SpexStream.Domain.Ports.Raster;

/// <summary>Writes regions to one file, in the order they are given. Not thread-safe.</summary>
public interface IRegionWriter : IDisposable
{
    /// <summary>Adds a region.</summary>
    /// <param name="facts">Its attributes.</param>
    /// <param name="shape">Its outline on Earth; null without a CRS.</param>
    /// <param name="text">Its explanation in words.</param>
    void Add(RegionFacts facts, GroundShape? shape, string text);

    /// <summary>Finishes the file.</summary>
    /// <exception cref="Imagery.RasterException">It cannot be written.</exception>
    void Complete();
}
