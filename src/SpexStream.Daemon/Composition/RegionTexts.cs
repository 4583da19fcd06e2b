using SpexStream.Domain.Explanation;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;

namespace SpexStream.Daemon.Composition;

/// <summary>Regions in the words of the explainer.</summary>
internal sealed class RegionTexts : IRegionTexts
{
    public string Explain(RegionFacts region, ClassFacts scene) => Explainer.OfRegion(region, scene).Text;
}
