using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges places on the image. "Lies in" is held against the centroid, "extends over" against the
/// bounds.</summary>
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

            var subjects = at.Subjects.Where(subject => subject.Facts.Pixels > 0).ToList();
            var verdicts = subjects.ConvertAll(subject => Verdict(at, term, subject, places.Count == 1));
            if (verdicts.Count == 0)
            {
                continue;
            }

            // Of classes named together each must lie there; of classes not named, any.
            var truth = at.Clause.NamesClass && verdicts.Contains(false) ? false : Case.Either(verdicts);
            at.Add(ClaimKind.Place, term, truth, Fields(subjects), RejectionReason.PlaceContradicted);
        }
    }

    private static bool? Verdict(Case at, Term term, Candidates subject, bool isOnly)
    {
        var extends = Extends(at.Clause, term);
        bool IsThere(RegionFacts region) => Position.IsIn(region, subject.Facts.Extent, term.Place, extends);

        // "does not lie in" is turned round by the caller: it holds when a region meant lies elsewhere.
        if (at.Clause.IsNegated(term))
        {
            var areAll = subject.Regions.Count > 0 && subject.Regions.All(IsThere);
            return areAll && !subject.IsSure ? null : areAll;
        }

        var isThere = isOnly ? subject.Narrow(IsThere) : subject.Regions.Any(IsThere);
        return isThere || subject.IsSure || IsTooLarge(at, subject) ? isThere : null;
    }

    private static string Fields(List<Candidates> subjects)
    {
        var fields = subjects.SelectMany(subject =>
            subject.Regions.Select(region => RegionPlace.Field(region, subject.Facts.Extent).Word)).Distinct().ToList();
        return fields.Count == 0 ? "no region is listed" : $"in {string.Join(", ", fields)}";
    }

    /// <summary>Whether the clause speaks of something larger than any region that is not listed.</summary>
    private static bool IsTooLarge(Case at, Candidates subject) => subject.Facts.Largest.Length > 0
        && at.Clause.Of(TermKind.Size).Any(size =>
            SizeScale.Find(subject.Facts.Largest[^1].Spie.Size) is { } least && size.Level > least + 1);

    /// <summary>Whether the verb before the place says that something reaches over it.</summary>
    private static bool Extends(Clause clause, Term place)
    {
        var index = clause.IndexOf(place);
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
