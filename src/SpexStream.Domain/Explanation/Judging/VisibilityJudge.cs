using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges what could be seen and what hid the rest; shares are of all pixels.</summary>
internal static class VisibilityJudge
{
    /// <summary>Judges a share said of cloud, of what was seen, of strips.</summary>
    public static void JudgeShare(Case at, Term term, Topic topic)
    {
        if (at.Sheet.Classes.IsEmpty)
        {
            return;
        }

        var values = Shares(at, topic).ToList();
        at.Add(
            topic is Topic.Strips ? ClaimKind.Status : ClaimKind.Visibility, term,
            values.Exists(value => term.Range.Contains(value * 100)),
            string.Join(" or ", values.Where(double.IsFinite).Select(Figures.Percent).Distinct().Prepend("measured")),
            topic is Topic.Partial or Topic.Strips
                ? RejectionReason.NumberContradicted
                : RejectionReason.VisibilityContradicted);
    }

    /// <summary>Judges an area or pixel count said of cloud or partial water.</summary>
    public static void JudgeArea(Case at, Term term, Topic topic)
    {
        if (topic is Topic.Confidence or Topic.Percentile or Topic.Strips || at.Seen is not { } seen)
        {
            at.Claims.Add(ClaimKind.Area, term, false, "this has no area", RejectionReason.UnitContradicted);
            return;
        }

        var pixels = topic == Topic.Partial
            ? at.Sheet.Classes.Values.Max(facts => facts.PartialPixels)
            : Pixels(seen, topic);
        var scale = term.Unit == Unit.Pixels ? 1 : at.Sheet.Classes.Values
            .Where(facts => facts.Pixels > 0).Select(facts => facts.AreaSquareMetres / facts.Pixels)
            .FirstOrDefault(double.NaN);
        at.Add(ClaimKind.Visibility, term, term.Range.Contains(pixels * scale), $"measured {Figures.Pixels(pixels)}",
            term.Unit == Unit.Pixels ? RejectionReason.NumberContradicted : RejectionReason.UnitContradicted);
    }

    /// <summary>Judges "3 of 5 strips" by the share that arrived.</summary>
    public static void JudgeStrips(Case at, Term term)
    {
        var values = at.Sheet.Classes.Values.Select(facts => facts.CompletenessPercent).ToList();
        bool? truth = term.OutOf > 0 && values.Count > 0
            ? values.Exists(value => term.Range.Meets(
                (value - 0.5) / 100 * term.OutOf, (value + 0.5) / 100 * term.OutOf))
            : null;
        at.Add(ClaimKind.Status, term, truth, $"completeness {values.FirstOrDefault():F1} %",
            RejectionReason.NumberContradicted);
    }

    /// <summary>Judges cloud and snow said to be there or not, without a figure.</summary>
    public static void JudgeMentions(Case at)
    {
        foreach (var term in at.Clause.Of(TermKind.Topic))
        {
            if (term.Topic == Topic.Clear && at.Clause.Denied.Contains(term))
            {
                at.Claims.Add(ClaimKind.Visibility, term, at.Seen?.Clear == 0,
                    $"{at.Seen?.Clear} pixels were clearly seen",
                    RejectionReason.VisibilityContradicted);
                continue;
            }

            if (term.Topic is not (Topic.Cloud or Topic.CloudShadow or Topic.SnowIce) || at.Seen is not { } seen
                || at.Clause.Piece(term).Any(other => other.Kind is TermKind.Quantity or TermKind.Hedge))
            {
                continue;
            }

            var isThere = Pixels(seen, term.Topic) > 0;
            var isScreened = at.Sheet.Classes.Values.All(facts => facts.Radiometry != RadiometryLevel.Uncalibrated);
            bool? truth = !isScreened || at.Clause.Has(TermKind.Hedge)
                ? null
                : isThere != (at.Clause.Denied.Contains(term) || at.Clause.IsNegated(term));
            at.Claims.Add(ClaimKind.Visibility, term, truth, isThere ? "some was found" : "none was found",
                RejectionReason.VisibilityContradicted);
        }
    }

    private static IEnumerable<double> Shares(Case at, Topic topic)
    {
        var facts = at.Sheet.Classes.Values.First();
        var seen = facts.Visibility;
        double total = seen.Total;
        return topic switch
        {
            Topic.Strips => at.Sheet.Classes.Values.Select(one => one.CompletenessPercent / 100),
            Topic.Partial => at.Sheet.Classes.Values.SelectMany(one => new[]
            {
                one.PartialPixels / total, one.PartialPixels / (double)seen.Clear,
            }),
            // What lies outside of the data is hidden in one sense and not part of the picture in another.
            Topic.Hidden => [1 - (seen.Clear / total), 1 - (seen.Clear / (double)seen.Measured)],
            Topic.Clear when !at.Clause.Of(TermKind.Whole).Any(whole => whole.Whole == Whole.Extent) =>
                [seen.Clear / total, seen.Clear / (double)seen.Measured],
            _ => [Pixels(seen, topic) / total],
        };
    }

    private static long Pixels(Products.VisibilityFacts seen, Topic topic) => topic switch
    {
        Topic.Cloud => seen.Cloud,
        Topic.Shadow or Topic.CloudShadow => seen.CloudShadow,
        Topic.SnowIce => seen.SnowIce,
        Topic.NoAnswer => seen.NoAnswer,
        Topic.NoData => seen.Nodata,
        Topic.Clear => seen.Clear,
        _ => seen.Total - seen.Clear,
    };
}
