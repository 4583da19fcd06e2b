using SpexStream.Domain.Explanation.Reading;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges confidence in words and numbers of 0..100.</summary>
internal static class ConfidenceJudge
{
    /// <summary>Judges words for confidence; numbers come through <see cref="JudgeNumber"/>.</summary>
    public static void Judge(Case at)
    {
        if (!at.Clause.Of(TermKind.Topic).Any(term => term.Topic == Topic.Confidence))
        {
            return;
        }

        foreach (var term in at.Clause.Of(TermKind.Level))
        {
            var truth = Any(at, mean => IsNamed(ConfidenceWords.Band(mean), term.Level));
            at.Add(ClaimKind.Confidence, term, truth, Measured(at), RejectionReason.NumberContradicted);
        }

        // "medium" is a size word elsewhere.
        foreach (var term in at.Clause.Of(TermKind.Size).Where(term => term.Level == 3))
        {
            var truth = Any(at, mean => ConfidenceWords.Band(mean) == 2);
            at.Add(ClaimKind.Confidence, term, truth, Measured(at), RejectionReason.NumberContradicted);
        }
    }

    /// <summary>Judges a number said of confidence, or of its 10th percentile.</summary>
    public static void JudgeNumber(Case at, Term term, Topic topic)
    {
        var isScale = term.OutOf is 0 or 100 && term.Unit is Unit.None or Unit.Percent;
        var truth = !isScale
            ? false
            : topic == Topic.Percentile
                ? AnyRegion(at, region => term.Range.Contains(region.TenthPercentileConfidence))
                : Any(at, term.Range.Contains);
        at.Add(ClaimKind.Confidence, term, truth, Measured(at),
            isScale ? RejectionReason.NumberContradicted : RejectionReason.UnitContradicted);
    }

    /// <summary>Very high is also high, and very low also low.</summary>
    private static bool IsNamed(int band, int word) => band == word || (band, word) is (4, 3) or (0, 1);

    private static bool? Any(Case at, Func<double, bool> test)
    {
        var means = at.Subjects.SelectMany(subject => subject.IsSettled
            ? subject.Regions.Select(region => region.MeanConfidence)
            : [subject.Facts.MeanConfidence]).Where(double.IsFinite).ToList();
        return means.Count == 0 ? null : means.Exists(mean => test(mean));
    }

    private static bool? AnyRegion(Case at, Func<Products.RegionFacts, bool> test)
    {
        var regions = at.Subjects.SelectMany(subject => subject.Regions).ToList();
        return regions.Count == 0 ? null : regions.Exists(region => test(region));
    }

    private static string Measured(Case at)
    {
        var subject = at.Subjects.Count > 0 ? at.Subjects[0] : null;
        var mean = subject is { IsBound: true, Regions.Count: > 0 }
            ? subject.Regions[0].MeanConfidence
            : subject?.Facts.MeanConfidence ?? double.NaN;
        return double.IsFinite(mean) ? $"mean confidence {Figures.Whole(mean)} of 100" : "no confidence was measured";
    }
}
