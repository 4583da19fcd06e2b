using SpexStream.Domain.Explanation.Reading;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>
/// Cuts the terms of a text into clauses: at hard breaks, before a second rank, and at a soft break where the next
/// piece names a class of its own after the clause has already said something of one.
/// </summary>
internal static class ClauseSplitter
{
    /// <summary>All clauses that hold a term besides breaks.</summary>
    public static List<Clause> Split(List<Token> tokens, List<Term> terms)
    {
        var clauses = new List<Clause>();
        var current = new List<Term>();
        var startsSentence = true;
        for (var at = 0; at < terms.Count; at++)
        {
            var term = terms[at];
            if (term.Kind is TermKind.HardBreak or TermKind.SentenceEnd || Parts(current, terms, at))
            {
                startsSentence = !Close(clauses, current, tokens, startsSentence) && startsSentence;
                startsSentence |= term.Kind == TermKind.SentenceEnd;
                current = [];
            }

            if (term.Kind is not (TermKind.HardBreak or TermKind.SentenceEnd))
            {
                current.Add(term);
            }
        }

        Close(clauses, current, tokens, startsSentence);
        return clauses;
    }

    private static bool Close(List<Clause> clauses, List<Term> terms, List<Token> tokens, bool startsSentence)
    {
        var isClause = terms.Exists(term => term.Kind != TermKind.SoftBreak);
        if (isClause)
        {
            clauses.Add(new Clause(tokens, terms, startsSentence));
        }

        return isClause;
    }

    private static bool Parts(List<Term> current, List<Term> terms, int at)
    {
        if (terms[at].Kind == TermKind.Rank)
        {
            // "south of the largest lake" goes on with its place.
            return current.Exists(term => term.Kind == TermKind.Rank || IsFigure(term)) && !current[^1].IsRelative;
        }

        if (terms[at].Kind != TermKind.SoftBreak
            || !current.Exists(term => term.Kind is TermKind.Class or TermKind.Rank or TermKind.Topic))
        {
            return false;
        }

        var hasFigure = current.Exists(IsFigure);

        // One look ahead per soft break, never beyond the next: linear over the text.
        for (var next = at + 1; next < terms.Count; next++)
        {
            if (terms[next].Kind is TermKind.SoftBreak or TermKind.HardBreak or TermKind.SentenceEnd)
            {
                return false;
            }

            if (terms[next].Kind is TermKind.Class or TermKind.None)
            {
                return hasFigure;
            }

            // "a forest, with three lakes": the figure belongs to the noun behind it.
            hasFigure |= IsFigure(terms[next]);
        }

        return false;
    }

    private static bool IsFigure(Term term) =>
        term is { Kind: TermKind.Place } or { Kind: TermKind.Quantity, Unit: not Unit.Label };
}
