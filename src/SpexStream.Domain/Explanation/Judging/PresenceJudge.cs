using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges whether the classes named are there, and those denied are not.</summary>
internal static class PresenceJudge
{
    /// <summary>Judges every class term of a clause.</summary>
    public static void Judge(Case at)
    {
        foreach (var term in at.Clause.Of(TermKind.Class))
        {
            var isDenied = at.Clause.Denied.Contains(term);
            if (!at.Sheet.Classes.TryGetValue(term.Class, out var facts))
            {
                Unmeasured(at, term, isDenied);
            }
            else if (at.Clause.Has(TermKind.Hedge))
            {
                at.Claims.Add(ClaimKind.Presence, term, null, "said as a possibility",
                    RejectionReason.ClassContradicted);
            }
            else if (isDenied)
            {
                Denied(at, term, facts, term.IsOpenWater);
            }
            else
            {
                Affirmed(at, term, facts);
            }
        }

        if (at.Clause.DeniesUnnamed && at.Clause.Terms.Find(IsDenial) is { } denial)
        {
            foreach (var subject in at.Subjects)
            {
                Denied(at, denial, subject.Facts, true);
            }
        }
    }

    private static bool IsDenial(Term term) => term.Kind is TermKind.None or TermKind.Not;

    private static void Affirmed(Case at, Term term, ClassFacts facts)
    {
        bool? isThere = facts.Pixels > 0 || (!term.IsOpenWater && facts.PartialPixels > 0);
        if (isThere == true && term.IsBeyondEvidence)
        {
            isThere = null;
        }

        at.Claims.Add(ClaimKind.Presence, term, isThere, $"{facts.Pixels} pixels of {facts.Class.Slug()}",
            RejectionReason.ClassContradicted);
    }

    private static void Denied(Case at, Term term, ClassFacts facts, bool isOpenWater)
    {
        if (facts.Visibility.Clear == 0)
        {
            at.Claims.Add(ClaimKind.Presence, term, false, "nothing was seen, so nothing is known to be absent",
                RejectionReason.VisibilityContradicted);
            return;
        }

        var isThere = facts.Pixels > 0 || (!isOpenWater && facts.PartialPixels > 0);
        bool? truth = !isThere;
        if (isThere && RegionFilter.Of(at) is { } filter
            && at.Subjects.FirstOrDefault(s => s.Class == facts.Class) is { } subject)
        {
            // "no lake in the north": false when a listed region is one, sure only when all are listed.
            truth = facts.Largest.Any(region => filter(region)) ? false : subject.IsSure ? true : null;
        }

        at.Claims.Add(ClaimKind.Presence, term, truth, $"{facts.Pixels} pixels of {facts.Class.Slug()}",
            RejectionReason.NegationContradicted);
    }

    /// <summary>A class that was not measured may be named in passing, but nothing measured can be said of
    /// it.</summary>
    private static void Unmeasured(Case at, Term term, bool isDenied)
    {
        var isSubject = at.Clause.Classes.Contains(term.Class);
        var isLocated = at.Clause.Has(TermKind.Place) && at.Clause.Has(TermKind.Lies) && at.Sheet.Topic is not null;
        var isMeasured = isSubject && (isLocated || at.Clause.Has(TermKind.Rank) || at.Clause.Of(TermKind.Quantity)
            .Any(quantity => quantity.Unit != Unit.Label && !quantity.IsLoose && at.TopicOf(quantity) is null));
        at.Claims.Add(ClaimKind.Presence, term, isDenied || isMeasured ? false : null,
            $"{term.Class.Slug()} was not measured", RejectionReason.ClassContradicted);
    }
}
