using SpexStream.Domain.Products;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Puts regions into words. Safe for use from several threads.</summary>
public interface IRegionTexts
{
    /// <summary>The explanation of a region of a scene.</summary>
    string Explain(RegionFacts region, ClassFacts scene);
}
