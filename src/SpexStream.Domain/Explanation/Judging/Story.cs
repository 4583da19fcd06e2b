using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>What a text has been on so far, so that "it" and clauses without a noun have a subject.</summary>
internal sealed class Story(FactSheet sheet)
{
    private readonly List<LandCoverClass> _classes =
        sheet.Topic is { } topic ? [topic] : [.. sheet.Classes.Keys];

    private RegionFacts? _region = sheet.Subject;

    /// <summary>The facts.</summary>
    public FactSheet Sheet => sheet;

    /// <summary>Takes a clause in: sets the classes it is on.</summary>
    public void Enter(Clause clause)
    {
        var named = Subjects(clause);
        clause.NamesClass = named.Count > 0;
        if (named.Count > 0)
        {
            if (!named.SequenceEqual(_classes) || !(clause.Has(TermKind.Pronoun) || clause.Has(TermKind.Rank)))
            {
                _region = sheet.Subject is { } subject && named.Contains(subject.Class) ? subject : null;
            }

            _classes.Clear();
            _classes.AddRange(named);
        }

        clause.Classes.AddRange(_classes);
        if (sheet.Subject is null && clause.OwnRank is { } rank)
        {
            _region = Ranked(clause.Classes[0], rank.Level);
        }
        else if (sheet.Subject is null && !clause.Has(TermKind.Pronoun) && (named.Count > 0 || clause.StartsSentence))
        {
            _region = null;
        }
    }

    /// <summary>The candidates of a class for a clause; null when the class was not measured.</summary>
    public Candidates? CandidatesOf(LandCoverClass value)
    {
        if (!sheet.Classes.TryGetValue(value, out var facts))
        {
            return null;
        }

        if (_region is { } region && region.Class == value)
        {
            return new(facts, [region], true, 0);
        }

        var unknown = facts.RegionCount is { } count ? Math.Max(0, count - facts.Largest.Length) : long.MaxValue;
        return new(facts, facts.Largest, false, facts.Pixels == 0 ? 0 : unknown);
    }

    private RegionFacts? Ranked(LandCoverClass value, int rank)
    {
        if (!sheet.Classes.TryGetValue(value, out var facts))
        {
            return null;
        }

        // The smallest is known only where all are listed.
        var index = rank >= 0 ? rank : facts.RegionCount == facts.Largest.Length ? facts.Largest.Length - 1 : -1;
        return index >= 0 && index < facts.Largest.Length ? facts.Largest[index] : null;
    }

    /// <summary>The first class named, and those joined to it by nothing but a comma or "and".</summary>
    private static List<LandCoverClass> Subjects(Clause clause)
    {
        var classes = new List<LandCoverClass>();
        var first = clause.Terms.FindIndex(term => term.Kind == TermKind.Class);
        for (var at = first; at >= 0 && at < clause.Terms.Count; at++)
        {
            var term = clause.Terms[at];
            if (term.Kind == TermKind.Class)
            {
                if (!classes.Contains(term.Class))
                {
                    classes.Add(term.Class);
                }
            }
            else if (term.Kind is not (TermKind.SoftBreak or TermKind.Size))
            {
                break;
            }
        }

        return classes;
    }
}
