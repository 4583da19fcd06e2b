using SpexStream.Domain.Products;

namespace SpexStream.Domain.Ports.Raster;

/// <summary>Regions on their way into files, one thread. A batch that is disposed before it is complete spoils the
/// files: every thread that waits for it gets an error.</summary>
public interface IRegionBatch : IDisposable
{
    /// <summary>Adds a region. May wait until the batches before this one are complete.</summary>
    /// <param name="facts">Its attributes.</param>
    /// <param name="shape">Its outline on Earth, not kept; null without a CRS.</param>
    /// <param name="text">Its explanation in words.</param>
    /// <exception cref="Imagery.RasterException">A file cannot be written.</exception>
    void Add(RegionFacts facts, IGroundShape? shape, string text);

    /// <summary>Says that this was all.</summary>
    /// <exception cref="Imagery.RasterException">A file cannot be written.</exception>
    void Complete();
}
