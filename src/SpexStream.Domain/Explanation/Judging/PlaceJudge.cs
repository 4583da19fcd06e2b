using SpexStream.Domain.Explanation.Reading;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges places on the image. "Lies in" is held against the centroid, "extends over" against the bounds.</summary>
internal static class PlaceJudge
{
    /// <summary>Judges every place that is not meant of a neighbour or of a share.</summary>
    public static void Judge(Case at)
    {
        if (at.Clause.Denied.Count > 0 || at.Clause.DeniesUnnamed || ShareJudge.Distribution(at) is not null)
        {
            return;
        }

        var places = at.Clause.Of(TermKind.Place).Where(term => !term.IsRelative).ToList();
        foreach (var term in places)
        {
            if (term.Place.IsCompass && !at.Sheet.NorthUp)
            {
                at.Claims.Add(ClaimKind.Place, term, null, "the image's top need not be north",
                    RejectionReason.PlaceContradicted);
                continue;
            }

            foreach (var subject in at.Subjects.Where(subject => subject.Facts.Pixels > 0))
            {
                JudgeOne(at, term, subject, places.Count == 1);
            }
        }
    }

    private static void JudgeOne(Case at, Term term, Candidates subject, bool isOnly)
    {
        var extent = subject.Facts.Extent;
        var extends = Extends(at.Clause, term);
        var fields = string.Join(", ", subject.Regions.Select(region => RegionPlace.Field(region, extent).Word).Distinct());
        bool? truth = subject.Regions.Any(region => Position.IsIn(region, extent, term.Place, extends));
        if (at.Clause.IsNegated(term))
        {
            // "does not lie in": true when a region meant lies elsewhere.
            truth = !subject.Regions.Any(region => !Position.IsIn(region, extent, term.Place, extends));
        }

        truth = truth == false && !subject.IsSure && !IsTooLarge(at, subject) ? null : truth;
        if (truth == true && isOnly && !at.Clause.IsNegated(term))
        {
            subject.Narrow(region => Position.IsIn(region, extent, term.Place, extends));
        }

        at.Add(ClaimKind.Place, term, truth, fields.Length == 0 ? "no region is listed" : $"in {fields}",
            RejectionReason.PlaceContradicted);
    }

    /// <summary>Whether the clause speaks of something larger than any region that is not listed.</summary>
    private static bool IsTooLarge(Case at, Candidates subject) => subject.Facts.Largest.Length > 0
        && at.Clause.Of(TermKind.Size).Any(size =>
            SizeScale.Find(subject.Facts.Largest[^1].Spie.Size) is { } least && size.Level > least + 1);

    /// <summary>Whether the verb before the place says that something reaches over it.</summary>
    private static bool Extends(Clause clause, Term place)
    {
        var index = clause.Terms.IndexOf(place);
        for (var at = index - 1; at >= 0; at--)
        {
            switch (clause.Terms[at])
            {
                case { Kind: TermKind.Extends or TermKind.Covers }:
                    return true;
                case { Kind: TermKind.Lies } or { Kind: TermKind.Quantity, Unit: not Unit.Percent }:
                    return false;
            }
        }

        // "from the top to the bottom" and "from top to bottom" reach over both.
        var before = place.First - 1;
        return before >= 0 && clause.Tokens[before].Text is "from" or "to";
    }
}
