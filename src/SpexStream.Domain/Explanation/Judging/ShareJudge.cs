using SpexStream.Domain.Explanation.Reading;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges shares of a class in the scene, and shares of the class that lie in a place.</summary>
internal static class ShareJudge
{
    /// <summary>Judges a share said of a class.</summary>
    public static void Judge(Case at, Term term)
    {
        if (at.Subjects.Count == 0 || at.Clause.Denied.Count > 0)
        {
            return;
        }

        if (Distribution(at) is { } distribution)
        {
            if (distribution.Share == term)
            {
                JudgeDistribution(at, term, distribution.Place);
            }

            return;
        }

        var whole = at.Clause.WholeOf(term);
        if (whole == Whole.Class && !IsOfScene(at, term))
        {
            // "most of the forest is dense", "95 % of the water is one lake": only the latter has a measured side.
            var shares = at.Subjects.Where(subject => subject.IsBound).SelectMany(subject =>
                subject.Regions.Select(region => region.Pixels / (double)subject.Facts.Pixels)).ToList();
            bool? truth = shares.Count == 0 ? null : shares.Exists(share => term.Range.Contains(share * 100));
            at.Add(ClaimKind.Share, term, truth, "share of its class", RejectionReason.NumberContradicted);
            return;
        }

        var values = at.Subjects.SelectMany(
            subject => Values(subject, whole, at.Clause.IsOnWholeClass && !subject.IsBound)).ToList();
        at.Add(ClaimKind.Share, term, values.Exists(value => term.Range.Contains(value * 100)),
            "measured " + string.Join(" or ", values.Where(double.IsFinite).Take(2).Select(Figures.Percent).Distinct()),
            RejectionReason.NumberContradicted);
    }

    /// <summary>The share of a class said to lie in a place, and that place; null when the clause has none.</summary>
    public static (Term Share, Term Place)? Distribution(Case at)
    {
        var place = at.Clause.Of(TermKind.Place).FirstOrDefault(term => !term.IsRelative);
        if (place is null)
        {
            return null;
        }

        foreach (var term in at.Clause.Of(TermKind.Quantity).Where(term => term.Unit == Unit.Percent))
        {
            var next = at.Clause.Terms.Find(other => other.First > term.Last);
            var isAdverb = term.IsLoose && next is { Kind: TermKind.Place or TermKind.Lies or TermKind.Extends }
                && at.Clause.WholeOf(term) == Whole.Unsaid && place.First > term.Last;
            if (isAdverb || (at.Clause.WholeOf(term) == Whole.Class && !IsOfScene(at, term)))
            {
                return (term, place);
            }
        }

        return null;
    }

    /// <summary>"mostly forest" and "12 % forest" are shares of the scene; "12 % of the forest" is not.</summary>
    private static bool IsOfScene(Case at, Term term)
    {
        var tokens = at.Clause.Tokens;
        var says = tokens[term.Last].Text is "of"
            || (term.Last + 1 < tokens.Count && tokens[term.Last + 1].Text is "of");
        return !says;
    }

    private static void JudgeDistribution(Case at, Term term, Term place)
    {
        if (place.Place.IsCompass && !at.Sheet.NorthUp)
        {
            at.Claims.Add(ClaimKind.Place, place, null, "the image's top need not be north",
                RejectionReason.PlaceContradicted);
            return;
        }

        foreach (var subject in at.Subjects.Where(subject => subject.Facts.Pixels > 0))
        {
            var (low, high) = Bounds(subject, place.Place);
            bool? truth = !term.Range.Meets(low * 100, high * 100)
                ? false
                : term.Range.Contains(low * 100) && term.Range.Contains(high * 100) ? true : null;
            at.Add(ClaimKind.Place, place, truth,
                $"between {Figures.Percent(low)} and {Figures.Percent(high)} of it lie there",
                RejectionReason.PlaceContradicted);
        }
    }

    /// <summary>Least and greatest share of the class in a place: regions that cross its border may lie on either
    /// side.</summary>
    private static (double Low, double High) Bounds(Candidates subject, PlaceArea place)
    {
        double inside = 0, outside = 0;
        foreach (var region in subject.Regions)
        {
            var isIn = Position.IsWhollyIn(region, subject.Facts.Extent, place);
            inside += isIn == true ? region.Pixels : 0;
            outside += isIn == false ? region.Pixels : 0;
        }

        var total = Math.Max(1.0, subject.IsBound ? subject.Regions.Sum(region => region.Pixels)
            : subject.Facts.Pixels);
        return (Math.Min(1, inside / total), Math.Max(0, 1 - (outside / total)));
    }

    private static IEnumerable<double> Values(Candidates subject, Whole whole, bool isTotal)
    {
        var seen = subject.Facts.Visibility;
        var regions = isTotal ? [] : subject.Regions;
        var pixels = regions.Select(region => (double)region.Pixels)
            .Concat(subject.IsBound ? [] : [(double)subject.Facts.Pixels]).Reverse();
        foreach (var count in pixels)
        {
            if (whole != Whole.Extent)
            {
                yield return count / seen.Clear;
            }

            if (whole != Whole.Seen)
            {
                yield return count / seen.Total;
            }
        }

        if (whole != Whole.Extent)
        {
            foreach (var region in regions)
            {
                yield return region.Share;
            }
        }
    }
}
