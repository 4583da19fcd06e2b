using SpexStream.Domain.Explanation.Reading;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Finds what a clause says is not there.</summary>
internal static class Denial
{
    /// <summary>Fills <see cref="Clause.Denied"/> and <see cref="Clause.DeniesUnnamed"/>.</summary>
    public static void Mark(Clause clause)
    {
        for (var at = 0; at < clause.Terms.Count; at++)
        {
            if (clause.Terms[at].Kind == TermKind.None)
            {
                MarkFrom(clause, at);
            }
        }

        if (clause.Has(TermKind.Not) && clause.Has(TermKind.Exists) && !clause.Has(TermKind.Place))
        {
            clause.Denied.UnionWith(clause.Of(TermKind.Class));
            clause.DeniesUnnamed = clause.Denied.Count == 0 && clause.Has(TermKind.RegionNoun);
        }
    }

    private static void MarkFrom(Clause clause, int none)
    {
        var word = clause.Tokens[clause.Terms[none].Last].Text;
        if (word is "free" or "absent" or "nowhere")
        {
            if (none > 0 && clause.Terms[none - 1].Kind is TermKind.Class or TermKind.Topic)
            {
                clause.Denied.Add(clause.Terms[none - 1]);
            }

            return;
        }

        for (var at = none + 1; at < clause.Terms.Count; at++)
        {
            var term = clause.Terms[at];
            if (term.Kind is TermKind.Class or TermKind.Topic)
            {
                clause.Denied.Add(term);
            }
            else if (term.Kind == TermKind.SoftBreak)
            {
                if (!GoesOn(clause, at))
                {
                    return;
                }
            }
            else if (term.Kind == TermKind.RegionNoun && clause.Denied.Count == 0)
            {
                clause.DeniesUnnamed = !clause.Has(TermKind.Class);
            }
            else if (term.Kind is not (TermKind.Size or TermKind.RegionNoun or TermKind.Pronoun or TermKind.Whole)
                && clause.Tokens[term.Last].Text != "any")
            {
                return;
            }
        }
    }

    /// <summary>Whether an enumeration goes on behind a break: "or" always, "," and "and" only right before a
    /// noun.</summary>
    private static bool GoesOn(Clause clause, int at)
    {
        var mark = clause.Terms[at];
        if (clause.Tokens[mark.Last].Text is "or" || at + 1 >= clause.Terms.Count)
        {
            return true;
        }

        var next = clause.Terms[at + 1];
        return next.First == mark.Last + 1 && clause.Tokens[mark.Last].Text is "," or "and";
    }
}
