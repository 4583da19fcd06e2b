using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Terms that say something of one subject: a part of a sentence.</summary>
internal sealed class Clause(List<Token> tokens, List<Term> terms, bool startsSentence)
{
    private static readonly HashSet<string> MassNouns = ["water", "waters", "vegetation", "ground", "greenery"];

    /// <summary>All tokens of the text.</summary>
    public List<Token> Tokens => tokens;

    /// <summary>The clause's terms in order; never empty.</summary>
    public List<Term> Terms => terms;

    /// <summary>Whether it is the first of its sentence.</summary>
    public bool StartsSentence => startsSentence;

    /// <summary>The class terms that the clause denies.</summary>
    public HashSet<Term> Denied { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether it denies that something of the class it is on exists, without naming the class.</summary>
    public bool DeniesUnnamed { get; set; }

    /// <summary>The measured classes that it is on.</summary>
    public List<LandCoverClass> Classes { get; } = [];

    /// <summary>Whether it names a class itself, and does not go on about the last one.</summary>
    public bool NamesClass { get; set; }

    /// <summary>Which region it is on by size; null when it does not say, or says it of a neighbour.</summary>
    public Term? OwnRank => terms.TakeWhile(term => !term.IsRelative).FirstOrDefault(
        term => term.Kind == TermKind.Rank);

    /// <summary>Whether it speaks of all of a class ("water covers"), not of one region of it ("a lake of").</summary>
    public bool IsOnWholeClass
    {
        get
        {
            var first = terms.Find(term => term.Kind is TermKind.Class or TermKind.RegionNoun);
            return first is { Kind: TermKind.Class } && MassNouns.Contains(tokens[first.Last].Text)
                && !terms.Exists(term => term.Kind is TermKind.Place or TermKind.Rank || term.Unit == Unit.Degrees);
        }
    }

    /// <summary>Terms of a kind.</summary>
    public IEnumerable<Term> Of(TermKind kind) => terms.Where(term => term.Kind == kind);

    /// <summary>Whether there is a term of a kind.</summary>
    public bool Has(TermKind kind) => terms.Exists(term => term.Kind == kind);

    /// <summary>The place of one of the clause's terms, found by its first token.</summary>
    public int IndexOf(Term term)
    {
        var (low, high) = (0, terms.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = terms[middle].First < term.First ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The terms between the breaks around a term, itself among them.</summary>
    public IEnumerable<Term> Piece(Term term)
    {
        var at = IndexOf(term);
        var from = terms.FindLastIndex(at, other => other.Kind == TermKind.SoftBreak) + 1;
        var to = terms.FindIndex(at, other => other.Kind == TermKind.SoftBreak);
        return terms.Skip(from).Take((to < 0 ? terms.Count : to) - from);
    }

    /// <summary>Whether "not" stands before a term with no break between, and denies no existence.</summary>
    public bool IsNegated(Term term)
    {
        var not = terms.FindLastIndex(IndexOf(term), other => other.Kind is TermKind.Not or TermKind.SoftBreak);
        return not >= 0 && terms[not].Kind == TermKind.Not && Denied.Count == 0 && !DeniesUnnamed;
    }

    /// <summary>What a share is a share of, by the words behind it.</summary>
    public Whole WholeOf(Term share)
    {
        var at = share.Last + 1;
        while (true)
        {
            var next = terms.Find(term => term.First == at && term.Kind is TermKind.Whole or TermKind.Class);
            if (next is not null && next.First == at)
            {
                return next.Kind == TermKind.Whole ? next.Whole : Whole.Class;
            }

            if (at >= tokens.Count || at > share.Last + 5)
            {
                return Whole.Unsaid;
            }

            if (tokens[at].Text is "scene" or "image" or "picture" or "strip" or "tile" or "frame" or "view"
                or "landscape")
            {
                return Whole.Extent;
            }

            if (tokens[at].Text is not ("of" or "the" or "this" or "a" or "an" or "all" or "its" or "entire"
                or "whole"))
            {
                return Whole.Unsaid;
            }

            at++;
        }
    }
}
