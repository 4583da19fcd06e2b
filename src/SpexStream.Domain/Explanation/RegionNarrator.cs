using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation;

/// <summary>
/// Explains the regions of one class of a scene, one after the other or on several threads at once. What all of them
/// say alike (what could be seen, the notes, the remarks) is put into words once.
/// </summary>
public sealed class RegionNarrator
{
    private readonly ClassFacts _scene;
    private readonly string[] _ending;
    private readonly string[] _remarks;

    /// <summary>Prepares for the regions of a class.</summary>
    public RegionNarrator(ClassFacts scene)
    {
        _scene = scene;
        _ending = [.. new[] { VisibilityText.Of(scene.Visibility, "scene"), CaveatText.Notes(scene) }.OfType<string>()];
        _remarks = [.. CaveatText.Remarks(scene)];
    }

    /// <summary>Explains one region.</summary>
    /// <exception cref="ArgumentException">The region is of another class.</exception>
    public WrittenExplanation Explain(RegionFacts region)
    {
        if (region.Class != _scene.Class)
        {
            throw new ArgumentException(
                $"Facts on {_scene.Class} cannot explain a region of {region.Class}.", nameof(region));
        }

        var evidence = EvidenceList.Of(region.Class, _scene.Thresholds, region.MeanIndex);
        var sentences = RegionText.Sentences(region, _scene, evidence).Concat(_ending);
        return new(Explainer.Join(sentences, _remarks, Explainer.RegionLimit), evidence);
    }
}
