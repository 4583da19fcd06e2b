using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation;

/// <summary>The sentences on one region.</summary>
internal static class RegionText
{
    private static readonly string[] Ordinals =
        ["", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ", "ninth ", "tenth "];

    /// <summary>What is said of this region alone.</summary>
    public static IEnumerable<string> Sentences(RegionFacts region, ClassFacts scene, IEnumerable<Evidence> evidence)
    {
        var place = RegionPlace.Of(region, scene.Extent, " of the scene");
        string?[] sentences =
        [
            $"A region of {ClassNouns.Of(region.Class)} lies in {place}.",
            Amount(region, scene),
            Confidence(region, evidence),
            region.TouchesEdge ? "It touches the edge of what was imaged, so it may continue beyond." : null,
        ];
        return sentences.OfType<string>();
    }

    private static string Amount(RegionFacts region, ClassFacts scene)
    {
        var area = Figures.Area(region.AreaSquareMetres, region.Pixels);
        var pixels = double.IsFinite(region.AreaSquareMetres) ? $" ({Figures.Pixels(region.Pixels)})" : "";
        var size = SizeScale.Find(region.Spie.Size) is null ? "" : $"; its size counts as {region.Spie.Size}";
        return $"It covers {area}{pixels}, {Figures.Percent(region.Share)} of what could be clearly seen{size}"
            + $"{Rank(region, scene)}.";
    }

    private static string Rank(RegionFacts region, ClassFacts scene)
    {
        if (scene.RegionCount is not (> 0 and var count))
        {
            return "";
        }

        var rank = 0;
        while (rank < scene.Largest.Length && scene.Largest[rank].Id != region.Id)
        {
            rank++;
        }

        var isListed = rank < Math.Min(scene.Largest.Length, Ordinals.Length);
        return (count, isListed) switch
        {
            (1, _) => "; it is the only region found",
            (_, true) => $"; it is the {Ordinals[rank]}largest of {Figures.Counted(count, "region")}",
            _ => $"; it is one of {Figures.Counted(count, "region")}",
        };
    }

    private static string? Confidence(RegionFacts region, IEnumerable<Evidence> evidence)
    {
        if (!double.IsFinite(region.MeanConfidence))
        {
            return null;
        }

        return $"Confidence is {ConfidenceWords.Of(region.MeanConfidence)}"
            + $" (mean {Figures.Whole(region.MeanConfidence)} of 100,"
            + $" 10th percentile {Figures.Whole(region.TenthPercentileConfidence)}){Decisive(evidence)}.";
    }

    /// <summary>The first single index that was held against a threshold.</summary>
    private static string Decisive(IEnumerable<Evidence> evidence)
    {
        var first = evidence.FirstOrDefault(one => one.Threshold is not null && one.Value is not null
            && IndexNames.Find(one.Quantity) is not null);
        if (first is not { Value: { } value, Threshold: { } threshold })
        {
            return "";
        }

        var side = value > threshold ? "above" : value < threshold ? "below" : "at";
        return $"; the mean {first.Quantity.ToUpperInvariant()} is {Figures.Index(value)},"
            + $" {side} the threshold of {Figures.Index(threshold)}";
    }
}
