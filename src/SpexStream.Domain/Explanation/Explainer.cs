using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation;

/// <summary>
/// Writes what was measured as plain English that can be acted on without a picture: what, how much, where, how sure,
/// what could not be seen, and what to beware of. The same facts always give the same text. Pure; any thread.
/// </summary>
/// <remarks>
/// Every text passes <see cref="ExplanationChecker"/> against the facts it was written from. Remarks of the backend
/// come last, word for word, and are left out from the first that does not fit the length.
/// </remarks>
public static class Explainer
{
    /// <summary>Longest text on a region, in characters.</summary>
    public const int RegionLimit = 900;

    /// <summary>Longest text on a scene or strip, in characters.</summary>
    public const int SceneLimit = 1500;

    /// <summary>Explains one class over a scene, or over a strip where <see cref="ClassFacts.RegionCount"/> is
    /// null.</summary>
    public static WrittenExplanation OfScene(ClassFacts facts)
    {
        var evidence = EvidenceList.Of(facts.Class, facts.Thresholds, facts.MeanIndex);
        return new(Join(SceneText.Sentences(facts), CaveatText.Remarks(facts), SceneLimit), evidence);
    }

    /// <summary>
    /// Describes one class in a picture as a model should learn to: what there is, how much and where, without
    /// positions on Earth, confidence, thresholds or notes, none of which a picture shows.
    /// </summary>
    public static string OfPicture(ClassFacts facts)
    {
        var seen = facts with
        {
            MeanConfidence = double.NaN,
            AreaSquareMetres = double.NaN,
            CentreOnEarth = null,
            Largest = [.. facts.Largest.Select(region =>
                region with { AreaSquareMetres = double.NaN, CentroidOnEarth = null })],
        };
        return Join(SceneText.Sentences(seen, withNotes: false), [], SceneLimit);
    }

    /// <summary>Explains one region of a scene.</summary>
    /// <exception cref="ArgumentException">The scene's facts are those of another class.</exception>
    public static WrittenExplanation OfRegion(RegionFacts region, ClassFacts scene) =>
        new RegionNarrator(scene).Explain(region);

    /// <summary>The sentences, and as many of the backend's remarks as fit behind them.</summary>
    internal static string Join(IEnumerable<string> sentences, IEnumerable<string> remarks, int limit)
    {
        var text = string.Join(' ', sentences);
        var room = limit - text.Length;
        return string.Join(' ', remarks.TakeWhile(remark => (room -= remark.Length + 1) >= 0).Prepend(text));
    }
}
