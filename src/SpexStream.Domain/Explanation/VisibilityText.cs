using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation;

/// <summary>Says how much could be seen, and what hid the rest; all shares are of all pixels.</summary>
internal static class VisibilityText
{
    /// <summary>One sentence; <paramref name="extent"/> is "scene" or "strip".</summary>
    public static string Of(VisibilityFacts seen, string extent)
    {
        if (seen.Total == 0)
        {
            return $"The {extent} has no pixels.";
        }

        var hidden = string.Join(", ", Hidden(seen));
        if (hidden.Length == 0)
        {
            return $"All of the {extent} could be clearly seen.";
        }

        return seen.Clear == 0
            ? $"What hid the {extent}: {hidden}."
            : $"Of the {extent}, {Share(seen.Clear, seen)} could be clearly seen; the rest is {hidden}.";
    }

    private static IEnumerable<string> Hidden(VisibilityFacts seen)
    {
        (string Name, long Pixels)[] reasons =
        [
            ("cloud", seen.Cloud),
            ("cloud shadow", seen.CloudShadow),
            ("snow or ice", seen.SnowIce),
            ("no answer", seen.NoAnswer),
            ("no data", seen.Nodata),
        ];
        return reasons.Where(reason => reason.Pixels > 0)
            .Select(reason => $"{reason.Name} {Share(reason.Pixels, seen)}");
    }

    private static string Share(long pixels, VisibilityFacts seen) => Figures.Percent(pixels / (double)seen.Total);
}
