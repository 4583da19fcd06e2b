using SpexStream.Domain.Explanation;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;

namespace SpexStream.Daemon.Composition;

/// <summary>Regions in the words of the explainer.</summary>
internal sealed class RegionTexts : IRegionTexts
{
    public Func<RegionFacts, string> NarratorOf(ClassFacts scene)
    {
        var narrator = new RegionNarrator(scene);
        return region => narrator.Explain(region).Text;
    }
}
