using SpexStream.Domain.Explanation.Reading;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Sends each share and each bare number to the judge of what it measures.</summary>
internal static class NumberJudge
{
    /// <summary>Judges every share, count, index and label of a clause.</summary>
    public static void Judge(Case at)
    {
        foreach (var term in at.Clause.Of(TermKind.Quantity))
        {
            switch (term.Unit)
            {
                case Unit.Label:
                    at.Claims.Add(ClaimKind.Other, term, null, "a name or date", RejectionReason.NumberContradicted);
                    break;
                case Unit.Percent:
                    JudgeShare(at, term);
                    break;
                case Unit.None:
                    JudgeBare(at, term);
                    break;
            }
        }
    }

    private static void JudgeShare(Case at, Term term)
    {
        switch (at.TopicOf(term))
        {
            case null:
                ShareJudge.Judge(at, term);
                break;
            case (Topic.Confidence or Topic.Percentile) and { } topic:
                ConfidenceJudge.JudgeNumber(at, term, topic);
                break;
            case var topic:
                VisibilityJudge.JudgeShare(at, term, topic.Value);
                break;
        }
    }

    private static void JudgeBare(Case at, Term term)
    {
        if (IndexJudge.Judge(at, term))
        {
            return;
        }

        switch (at.TopicOf(term))
        {
            case (Topic.Confidence or Topic.Percentile) and { } topic:
                ConfidenceJudge.JudgeNumber(at, term, topic);
                break;
            case Topic.Strips:
                VisibilityJudge.JudgeStrips(at, term);
                break;
            default:
                if (!CountJudge.Judge(at, term) && !term.IsLoose)
                {
                    at.Claims.Add(ClaimKind.Other, term, null, "a number without a unit or noun",
                        RejectionReason.NumberContradicted);
                }

                break;
        }
    }
}
