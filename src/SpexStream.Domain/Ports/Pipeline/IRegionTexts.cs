using SpexStream.Domain.Products;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Puts regions into words. Safe for use from several threads, as is what it gives.</summary>
public interface IRegionTexts
{
    /// <summary>What explains the regions of one class of a scene.</summary>
    Func<RegionFacts, string> NarratorOf(ClassFacts scene);
}
