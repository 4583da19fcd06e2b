using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation;

/// <summary>The sentences on one class over a scene or strip.</summary>
internal static class SceneText
{
    private static readonly string[] Ranks = ["largest region", "second", "third"];

    /// <summary>All sentences but the remarks; the notes only where they are wanted.</summary>
    public static IEnumerable<string> Sentences(ClassFacts facts, bool withNotes = true)
    {
        var extent = facts.RegionCount is null ? "strip" : "scene";
        var noun = ClassNouns.Of(facts.Class);
        var sentences = new List<string?>();
        if (facts.Visibility.Clear == 0)
        {
            sentences.Add($"Nothing could be clearly seen, so nothing can be said about {noun} in this {extent}.");
        }
        else
        {
            sentences.Add(facts.Pixels == 0 ? Absence(facts, noun) : Amount(facts, extent));
            sentences.Add(Places(facts, extent));
            sentences.Add(Confidence(facts));
        }

        sentences.Add(Position(facts, extent));
        sentences.Add(VisibilityText.Of(facts.Visibility, extent));
        sentences.Add(withNotes ? CaveatText.Notes(facts) : null);
        return sentences.OfType<string>();
    }

    private static string Absence(ClassFacts facts, string noun) =>
        $"No {noun} was found in what could be seen{Partial(facts)}.";

    private static string Amount(ClassFacts facts, string extent)
    {
        var noun = ClassNouns.Capital(facts.Class);
        var area = Figures.Area(facts.AreaSquareMetres, facts.Pixels);
        var pixels = double.IsFinite(facts.AreaSquareMetres) ? $" ({Figures.Pixels(facts.Pixels)})" : "";
        var regions = facts.RegionCount is { } count ? $" in {Figures.Counted(count, "region")}" : "";
        var share = Figures.Percent(facts.Pixels / (double)facts.Visibility.Clear);
        return $"{noun} covers {area}{pixels}{regions}, {share} of what could be clearly seen in the {extent}"
            + $"{Partial(facts)}.";
    }

    private static string Partial(ClassFacts facts) => facts.PartialPixels switch
    {
        0 => "",
        1 => "; a further 1 pixel shows partial surface water",
        var pixels => $"; a further {Figures.Pixels(pixels)} show partial surface water",
    };

    private static string? Places(ClassFacts facts, string extent)
    {
        if (facts.Largest.IsDefaultOrEmpty || facts.Pixels == 0)
        {
            return null;
        }

        if (facts.RegionCount == 1)
        {
            return $"It lies in {RegionPlace.Of(facts.Largest[0], facts.Extent, $" of the {extent}")}.";
        }

        var places = facts.Largest.Take(Ranks.Length).Select((region, rank) =>
            $"the {Ranks[rank]} lies in {RegionPlace.Of(region, facts.Extent, "")}"
            + $" ({Figures.Area(region.AreaSquareMetres, region.Pixels)})").ToArray();
        var last = places.Length == 1 ? "" : $" and {places[^1]}";
        var text = string.Join(", ", places.Length == 1 ? places : places[..^1]) + last;
        return "T" + text[1..] + ".";
    }

    private static string? Confidence(ClassFacts facts) => facts.Pixels == 0 || !double.IsFinite(facts.MeanConfidence)
        ? null
        : $"Confidence is {ConfidenceWords.Of(facts.MeanConfidence)}"
            + $" (mean {Figures.Whole(facts.MeanConfidence)} of 100).";

    private static string? Position(ClassFacts facts, string extent) =>
        facts.CentreOnEarth is { } centre && (facts.Pixels == 0 || facts.Largest.IsDefaultOrEmpty)
            ? $"The {extent} is centred at {Figures.Position(centre)}."
            : null;
}
