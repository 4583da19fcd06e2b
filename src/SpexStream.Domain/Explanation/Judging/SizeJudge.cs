using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges size words: one step of the scale is a matter of taste, two are not.</summary>
internal static class SizeJudge
{
    /// <summary>Judges every size word of a clause.</summary>
    public static void Judge(Case at)
    {
        if (at.Clause.Denied.Count > 0)
        {
            return;
        }

        foreach (var term in at.Clause.Of(TermKind.Size))
        {
            foreach (var subject in Meant(at, term))
            {
                bool? truth = subject.Regions.Any(region => IsNear(region, term.Level))
                    || (IsOnClass(at.Clause) && IsTotal(subject, term.Level));
                truth = truth == false && !subject.IsSure ? MayBeUnlisted(subject, term.Level) : truth;
                at.Add(ClaimKind.Size, term, truth, Sizes(subject), RejectionReason.SizeContradicted);
            }
        }
    }

    /// <summary>Whether a region's size word is at most one step away; a region without one never is.</summary>
    public static bool IsNear(RegionFacts region, int level) =>
        SizeScale.Find(region.Spie.Size) is { } own && Math.Abs(own - level) <= 1;

    /// <summary>The subjects, unless the word stands with a noun of its own or with single houses and trees.</summary>
    private static IEnumerable<Candidates> Meant(Case at, Term term)
    {
        var noun = at.Clause.Piece(term).FirstOrDefault(other =>
            other.First > term.Last && other.Kind is TermKind.Class or TermKind.RegionNoun or TermKind.Topic);
        if (noun is { Kind: TermKind.Topic } || (noun is not null && CountNouns.IsFinerThanRegions(at.Clause, noun)))
        {
            return [];
        }

        return at.Subjects.Where(subject => subject.Facts.Pixels > 0
            && (noun is not { Kind: TermKind.Class } || noun.Class == subject.Class));
    }

    /// <summary>Whether the clause may be on the class as a whole: it names no place and no single region.</summary>
    private static bool IsOnClass(Clause clause) => !clause.Has(TermKind.Place) && !clause.Has(TermKind.RegionNoun);

    private static bool IsTotal(Candidates subject, int level) => !subject.IsBound
        && Math.Abs(SizeScale.Of(subject.Facts.Pixels / (double)Math.Max(1, subject.Facts.Extent.Area)) - level) <= 1;

    /// <summary>False for a word above what a region that is not listed can be; else not known.</summary>
    private static bool? MayBeUnlisted(Candidates subject, int level) => subject.Facts.Largest.Length > 0
        && SizeScale.Find(subject.Facts.Largest[^1].Spie.Size) is { } least && level > least + 1 ? false : null;

    private static string Sizes(Candidates subject) => subject.Regions.Count == 0
        ? "no region is listed"
        : "size " + string.Join(", ", subject.Regions.Select(region => region.Spie.Size).Distinct());
}
