using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation;

/// <summary>What a reader must know before acting: one sentence of notes, and the backend's remarks.</summary>
internal static class CaveatText
{
    private const string Screened = "screened for cloud";

    /// <summary>The notes as one sentence, the ones that weigh most first; null when there are none.</summary>
    public static string? Notes(ClassFacts facts)
    {
        var notes = string.Join("; ", List(facts));
        return notes.Length == 0 ? null : $"Note: {notes}.";
    }

    /// <summary>The backend's remarks as sentences, without what a note says anyway.</summary>
    public static IEnumerable<string> Remarks(ClassFacts facts)
    {
        var repeated = facts.Radiometry == RadiometryLevel.Uncalibrated ? Screened : null;
        return facts.Remarks.Select(RemarkSentence.Of).Distinct().Where(remark => remark.Length > 0
            && (repeated is null || !remark.Contains(repeated, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<string> List(ClassFacts facts)
    {
        if (facts.IsPreliminary)
        {
            yield return "this is preliminary and may still change";
        }

        if (facts.CompletenessPercent < 100)
        {
            yield return $"{Figures.Percent(facts.CompletenessPercent / 100)} of the expected strips arrived";
        }

        if (facts.Visibility.GivenUp > 0)
        {
            yield return "some tiles failed and were given up, so that there is no answer where they lie";
        }

        if (facts.Radiometry == RadiometryLevel.Uncalibrated)
        {
            yield return $"thresholds were found from the scene itself, which was not {Screened}";
        }

        if (facts is { Class: LandCoverClass.Buildings, Pixels: > 0 })
        {
            yield return "spectra alone cannot tell buildings from bare ground";
        }
    }
}
