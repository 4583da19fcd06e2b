using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges phrases on the state of the product.</summary>
internal static class StatusJudge
{
    /// <summary>Judges every such phrase of a clause.</summary>
    public static void Judge(Case at)
    {
        if (at.Sheet.Classes.Values.FirstOrDefault() is not { } facts)
        {
            return;
        }

        foreach (var term in at.Clause.Of(TermKind.Status))
        {
            var isSeen = term.Status is Status.NothingSeen or Status.AllSeen or Status.CloudFree;
            at.Add(
                isSeen ? ClaimKind.Visibility : ClaimKind.Status,
                term,
                Truth(at, facts, term.Status),
                "state of the product",
                isSeen ? RejectionReason.VisibilityContradicted : RejectionReason.StatusContradicted);
        }
    }

    private static bool? Truth(Case at, ClassFacts facts, Status status)
    {
        var isScreened = facts.Radiometry != RadiometryLevel.Uncalibrated;
        return status switch
        {
            Status.Preliminary => facts.IsPreliminary,
            Status.Final => !facts.IsPreliminary,
            Status.ScreenedForCloud => isScreened,
            Status.NotScreenedForCloud => !isScreened,
            Status.CloudFree => facts.Visibility.Cloud > 0 ? false : isScreened ? true : null,
            Status.NothingSeen => facts.Visibility.Clear == 0,
            Status.AllSeen => facts.Visibility.Clear == facts.Visibility.Total,
            Status.Complete => facts.CompletenessPercent >= 100 && facts.Visibility.GivenUp == 0,
            _ => TouchesEdge(at),
        };
    }

    private static bool? TouchesEdge(Case at)
    {
        var regions = at.Subjects.SelectMany(subject => subject.Regions).ToList();
        return regions.Count == 0 ? null : regions.Exists(region => region.TouchesEdge);
    }
}
