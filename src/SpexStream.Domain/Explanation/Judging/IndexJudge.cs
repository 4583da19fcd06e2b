using SpexStream.Domain.Explanation.Reading;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges mean indices and thresholds.</summary>
internal static class IndexJudge
{
    private const int WordsBefore = 3;

    /// <summary>Judges a bare number behind an index or the word threshold; false when there is neither.</summary>
    public static bool Judge(Case at, Term number)
    {
        var name = at.Clause.Terms.FindLast(term =>
            term.First < number.First && term.Kind is TermKind.Index or TermKind.Threshold);
        if (name is null)
        {
            return false;
        }

        var values = (name.Kind == TermKind.Index ? Means(at, name) : Thresholds(at)).ToList();
        bool? truth = values.Count == 0 ? null : values.Exists(number.Range.Contains);
        var why = values.Count == 0 ? "not measured" : "measured " + string.Join(", ", values.Select(Figures.Index));
        at.Add(ClaimKind.Index, number, truth, why, RejectionReason.NumberContradicted);
        return true;
    }

    /// <summary>Judges "above the threshold" and "below the threshold" after an index.</summary>
    public static void JudgeSides(Case at)
    {
        foreach (var term in at.Clause.Of(TermKind.Threshold))
        {
            var side = Side(at, term);
            var index = at.Clause.Terms.FindLast(other => other.First < term.First && other.Kind == TermKind.Index);
            if (side == 0 || index is null)
            {
                continue;
            }

            var pairs = Means(at, index).SelectMany(mean => ThresholdsOf(at, index)
                .Select(threshold => Math.Sign(mean - threshold))).ToList();
            at.Add(ClaimKind.Index, term, pairs.Count == 0 ? null : pairs.Contains(side), "compared with the threshold",
                RejectionReason.NumberContradicted);
        }
    }

    private static int Side(Case at, Term threshold)
    {
        for (var before = threshold.First - 1; before >= Math.Max(0, threshold.First - WordsBefore); before--)
        {
            switch (at.Clause.Tokens[before].Text)
            {
                case "above" or "exceeds" or "over" or "exceeding":
                    return 1;
                case "below" or "under" or "beneath":
                    return -1;
            }
        }

        return 0;
    }

    private static IEnumerable<double> Means(Case at, Term index) => at.Subjects
        .SelectMany(subject => subject.IsSettled
            ? subject.Regions.Select(region => region.MeanIndex)
            : [subject.Facts.MeanIndex])
        .Where(means => means.ContainsKey(index.Index))
        .Select(means => means[index.Index]);

    private static IEnumerable<double> Thresholds(Case at) => at.Subjects.SelectMany(subject =>
        subject.Facts.Thresholds.Where(one => one.Class == subject.Class).Select(one => one.Threshold));

    private static IEnumerable<double> ThresholdsOf(Case at, Term index) => at.Subjects.SelectMany(subject =>
        subject.Facts.Thresholds
            .Where(one => one.Class == subject.Class && IndexNames.Find(one.Quantity) == index.Index)
            .Select(one => one.Threshold));
}
