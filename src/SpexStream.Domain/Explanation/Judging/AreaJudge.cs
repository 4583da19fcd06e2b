using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges areas in pixels and on the ground, and lengths said where an area is meant.</summary>
internal static class AreaJudge
{
    // Factors between the units that are mixed up most: m2, ha, acres and km2.
    private static readonly double[] UnitSlips = [1e-6, 1e-4, 1e-2, 1e2, 1e4, 1e6];

    /// <summary>Judges every area and length of a clause.</summary>
    public static void Judge(Case at)
    {
        foreach (var term in at.Clause.Of(TermKind.Quantity))
        {
            if (at.Clause.Denied.Count > 0)
            {
                continue;
            }

            if (term.Unit == Unit.Metres)
            {
                JudgeLength(at, term);
            }
            else if (term.Unit is Unit.Pixels or Unit.SquareMetres)
            {
                JudgeArea(at, term);
            }
        }
    }

    /// <summary>Whether a region has the area of a term.</summary>
    public static bool Holds(RegionFacts region, Term term) =>
        term.Range.Contains(Area(region, term.Unit));

    private static void JudgeArea(Case at, Term term)
    {
        if (at.TopicOf(term) is { } topic)
        {
            VisibilityJudge.JudgeArea(at, term, topic);
            return;
        }

        var truth = false;
        foreach (var subject in at.Subjects)
        {
            var isTotal = !subject.IsBound || at.Clause.Has(TermKind.Total);
            if (isTotal && term.Range.Contains(Total(subject, term)))
            {
                truth = true;
            }
            else if (at.Clause.IsOnWholeClass && !subject.IsBound)
            {
                continue;
            }
            else if (!at.Clause.IsNegated(term) && subject.Narrow(region => Holds(region, term)))
            {
                subject.Settle();
                truth = true;
            }
            else if (subject.Regions.Any(region => Holds(region, term)))
            {
                truth = true;
            }
        }

        if (at.Subjects.Count > 0)
        {
            bool? verdict = truth ? true : MayBeUnlisted(at, term) ? null : false;
            at.Add(ClaimKind.Area, term, verdict, Measured(at, term), Reason(at, term));
        }
    }

    /// <summary>Whether a region that is not listed could have this area: none is larger than the smallest listed. A
    /// clause that also counts or gives a share is on the class as a whole.</summary>
    private static bool MayBeUnlisted(Case at, Term term)
    {
        var isOnTotal = at.Clause.IsOnWholeClass || at.Clause.Has(TermKind.Whole) || at.Clause.Has(TermKind.Total)
            || at.Clause.Of(TermKind.Quantity).Any(other => other.Unit is Unit.None or Unit.Percent);
        return !isOnTotal && at.Subjects.Any(subject =>
            subject is { IsSure: false, IsBound: false, Facts: { RegionCount: not null, Largest.Length: > 0 } facts }
            && term.Range.Meets(0, Area(facts.Largest[^1], term.Unit)));
    }

    private static double Area(RegionFacts region, Unit unit) =>
        unit == Unit.Pixels ? region.Pixels : region.AreaSquareMetres;

    private static double Total(Candidates subject, Term term) =>
        term.Unit == Unit.Pixels ? subject.Facts.Pixels : subject.Facts.AreaSquareMetres;

    private static RejectionReason Reason(Case at, Term term)
    {
        var areas = at.Subjects.SelectMany(Areas).ToList();
        var isUnit = term.Unit == Unit.Pixels
            ? areas.Exists(area => UnitSlips.Append(1).Any(slip => term.Range.Contains(area * slip)))
            : !areas.Exists(double.IsFinite)
                || areas.Exists(area => UnitSlips.Any(slip => term.Range.Contains(area * slip)));
        return isUnit ? RejectionReason.UnitContradicted : RejectionReason.NumberContradicted;
    }

    private static IEnumerable<double> Areas(Candidates subject) =>
        subject.Regions.Select(region => region.AreaSquareMetres).Append(subject.Facts.AreaSquareMetres);

    private static string Measured(Case at, Term term)
    {
        var subject = at.Subjects[0];
        var region = subject.Regions.Count > 0 && subject.IsBound ? subject.Regions[0] : null;
        var pixels = region?.Pixels ?? subject.Facts.Pixels;
        var area = region?.AreaSquareMetres ?? subject.Facts.AreaSquareMetres;
        return term.Unit == Unit.Pixels ? Figures.Pixels(pixels) : Figures.Area(area, pixels);
    }

    private static void JudgeLength(Case at, Term term)
    {
        // Widths and distances are not measured; "covers 3 km" is an area with the wrong unit.
        var isLength = at.Clause.Has(TermKind.Length) || at.Clause.Has(TermKind.Extends)
            || !at.Clause.Has(TermKind.Covers);
        var isArea = !isLength || at.Clause.Piece(term).All(
            other => other == term || other.Kind is TermKind.RegionNoun);
        at.Claims.Add(ClaimKind.Area, term, isArea ? false : null, "lengths are not measured",
            RejectionReason.UnitContradicted);
    }
}
