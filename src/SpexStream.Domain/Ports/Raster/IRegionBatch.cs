using SpexStream.Domain.Products;

namespace SpexStream.Domain.Ports.Raster;

/// <summary>Regions made ready for a file. Filled by one thread.</summary>
public interface IRegionBatch : IDisposable
{
    /// <summary>Adds a region.</summary>
    /// <param name="facts">Its attributes.</param>
    /// <param name="shape">Its outline on Earth, not kept; null without a CRS.</param>
    /// <param name="text">Its explanation in words.</param>
    void Add(RegionFacts facts, GroundShape? shape, string text);

    /// <summary>Empties it, to be filled again; its memory is kept.</summary>
    void Clear();
}
