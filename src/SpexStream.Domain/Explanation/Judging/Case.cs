using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>A clause with all that is needed to judge it.</summary>
/// <param name="Clause">What is said.</param>
/// <param name="Sheet">What was measured.</param>
/// <param name="Subjects">What it may be said of: one entry for each measured class that the clause is on.</param>
/// <param name="Claims">Where the verdicts go.</param>
internal sealed record Case(Clause Clause, FactSheet Sheet, IReadOnlyList<Candidates> Subjects, ClaimList Claims)
{
    /// <summary>What could be seen: the same for every class of a scene; null for an empty sheet.</summary>
    public VisibilityFacts? Seen => Sheet.Classes.Values.FirstOrDefault()?.Visibility;

    /// <summary>Whether every subject is one known region.</summary>
    public bool IsBound => Subjects.Count > 0 && Subjects.All(subject => subject.IsBound);

    /// <summary>The topic that a quantity measures: in its own piece of the clause, or confidence before it.</summary>
    public Topic? TopicOf(Term quantity)
    {
        Topic? found = null;
        foreach (var term in Clause.Piece(quantity).Where(term => term.Kind == TermKind.Topic))
        {
            // "12 % is hidden by cloud": the reason says more than that something was hidden.
            if (found is null or Topic.Hidden or Topic.Clear)
            {
                found = term.Topic;
            }
        }

        var isConfidence = Clause.Of(TermKind.Topic)
            .Any(term => term.Topic == Topic.Confidence && term.First < quantity.First);
        return found ?? (isConfidence ? Topic.Confidence : null);
    }

    /// <summary>True when one is, false when all are, else not known.</summary>
    public static bool? Either(IEnumerable<bool?> verdicts)
    {
        var list = verdicts.ToList();
        return list.Contains(true) ? true : list.Count == 0 || list.Contains(null) ? null : false;
    }

    /// <summary>Adds the verdict on something said of the subjects, turned round where the words deny it.</summary>
    public void Add(ClaimKind kind, Term term, bool? truth, string why, RejectionReason reason)
    {
        var isNegated = Clause.IsNegated(term);
        Claims.Add(
            kind,
            term,
            isNegated ? !truth : truth,
            why,
            isNegated ? RejectionReason.NegationContradicted : reason);
    }
}
