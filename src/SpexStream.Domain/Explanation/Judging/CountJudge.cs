using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges how many regions there are, and which one is the largest.</summary>
internal static class CountJudge
{
    /// <summary>From this rank of the size scale on a region counts where a text counts lakes and not
    /// regions.</summary>
    private const int Notable = 2;

    /// <summary>Judges a bare number as a count; false when no noun says of what.</summary>
    public static bool Judge(Case at, Term number)
    {
        var noun = Noun(at.Clause, number);
        var isOfRegions = number.OutOf > 0 || at.Clause.Tokens[number.Last].Text is "region" or "only" or "one";
        if ((noun is null && !isOfRegions) || at.Subjects.Count == 0
            || (number.IsLoose && noun is null && number.OutOf == 0))
        {
            return false;
        }

        if ((noun is not null && CountNouns.IsFinerThanRegions(at.Clause, noun)) || at.Clause.Denied.Count > 0)
        {
            at.Claims.Add(ClaimKind.Count, number, null, "single ones are not counted",
                RejectionReason.CountContradicted);
            return true;
        }

        var verdicts = at.Subjects.Where(subject => noun is not { Kind: TermKind.Class } || noun.Class == subject.Class)
            .Select(subject => Verdict(at, number, noun, subject));
        at.Add(ClaimKind.Count, number, Case.Either(verdicts), Counted(at), RejectionReason.CountContradicted);
        return true;
    }

    /// <summary>Judges "the largest": of the region a text is on whether it is, of a scene whether there are so
    /// many.</summary>
    public static void JudgeRanks(Case at)
    {
        if (at.Clause.OwnRank is not { } term || at.Subjects.Count == 0)
        {
            return;
        }

        var verdicts = at.Subjects.Select(subject => at.Sheet.Subject is { } region && region.Class == subject.Class
            ? IsRanked(region, subject.Facts, term.Level)
            : subject.Facts.RegionCount is { } count ? term.Level < count && count > 0 : (bool?)null);
        at.Add(ClaimKind.Count, term, Case.Either(verdicts), Counted(at), RejectionReason.CountContradicted);
    }

    private static bool? IsRanked(RegionFacts region, ClassFacts facts, int rank)
    {
        var own = facts.Largest.TakeWhile(other => other.Id != region.Id).Count();
        if (own == facts.Largest.Length)
        {
            // Not among those listed, so certainly none of their ranks.
            return rank >= 0 && rank < facts.Largest.Length ? false : null;
        }

        return rank >= 0 ? own == rank : facts.RegionCount is { } count ? own == count - 1 : null;
    }

    private static bool? Verdict(Case at, Term number, Term? noun, Candidates subject)
    {
        if (subject.Facts.RegionCount is not { } count)
        {
            return null;
        }

        if (number.OutOf > 0)
        {
            return number.OutOf == count;
        }

        if (Filter(at, number) is { } filter)
        {
            var listed = subject.Facts.Largest.Count(region => filter(region));
            var most = listed + Math.Max(0, count - subject.Facts.Largest.Length);
            var isAtLeast = number.IsLoose || number.Range is { Low: <= 1, High: >= 1 };
            if ((isAtLeast && listed > 0) || (listed == most && number.Range.Contains(listed)))
            {
                return true;
            }

            return number.Range.Meets(listed, most) ? null : false;
        }

        var isOfRegions = noun is null or { Kind: TermKind.RegionNoun };
        return number.Range.Contains(count) || (number.IsLoose && count > 0)
            || (!isOfRegions && number.Range.Contains(NotableOnes(subject.Facts)));
    }

    private static int NotableOnes(ClassFacts facts) =>
        facts.Largest.Count(region => SizeScale.Find(region.Spie.Size) >= Notable);

    /// <summary>A place in the clause, or a size word before the noun, counts only some of the regions.</summary>
    private static Func<RegionFacts, bool>? Filter(Case at, Term number)
    {
        var isFiltered = at.Clause.Has(TermKind.Place)
            || at.Clause.Of(TermKind.Size).Any(size => size.First > number.Last);
        return isFiltered && at.Sheet.Subject is null && !at.IsBound ? RegionFilter.Of(at) : null;
    }

    /// <summary>The noun that is counted: the next one in the same piece.</summary>
    private static Term? Noun(Clause clause, Term number) => clause.Piece(number)
        .SkipWhile(term => term.First <= number.Last)
        .TakeWhile(term => term.Kind is TermKind.Size or TermKind.RegionNoun or TermKind.Class or TermKind.Rank
            or TermKind.Place)
        .FirstOrDefault(term => term.Kind is TermKind.RegionNoun or TermKind.Class);

    private static string Counted(Case at) => at.Subjects[0].Facts.RegionCount is { } count
        ? Figures.Counted(count, "region")
        : "regions are not counted yet";
}
