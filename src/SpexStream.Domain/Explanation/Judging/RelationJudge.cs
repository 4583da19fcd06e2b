using System.Collections.Immutable;
using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Judges "left of the lake", "north of the town": the directions between centroids.</summary>
internal static class RelationJudge
{
    /// <summary>Judges every place that is meant of a neighbour.</summary>
    public static void Judge(Case at)
    {
        foreach (var term in at.Clause.Of(TermKind.Place).Where(term => term.IsRelative))
        {
            var neighbour = at.Clause.Terms.Find(other => other.First > term.Last && other.Kind == TermKind.Class);
            var isBlind = (term.Place.IsCompass && !at.Sheet.NorthUp)
                || (term.Place.Across == 0 && term.Place.Down == 0);
            var others = neighbour is not null
                && at.Sheet.Classes.TryGetValue(neighbour.Class, out var facts) ? facts : null;
            var listed = others is null ? [] : Neighbours(at.Clause, term, others);
            foreach (var subject in at.Subjects.Where(subject => subject.Class != neighbour?.Class))
            {
                bool? truth = null;
                if (!isBlind && others is { Pixels: > 0 } && subject.Regions.Count > 0 && listed.Length > 0)
                {
                    truth = subject.Regions.Any(one => listed.Any(other => Lies(one, other, term.Place)));
                    var isSure = subject.IsSure && (listed.Length == 1 || others.RegionCount == listed.Length);
                    truth = truth == false && !isSure ? null : truth;
                }

                at.Add(ClaimKind.Relation, term, truth, truth is null ? "not known" : "by the centroids",
                    RejectionReason.RelationContradicted);
            }
        }
    }

    /// <summary>The regions that the neighbour's noun may mean: one, where the words say which by size.</summary>
    private static ImmutableArray<RegionFacts> Neighbours(Clause clause, Term place, ClassFacts facts)
    {
        var rank = clause.Terms.Find(term => term.First > place.Last && term.Kind == TermKind.Rank);
        return rank is null ? facts.Largest
            : rank.Level >= 0 && rank.Level < facts.Largest.Length ? [facts.Largest[rank.Level]] : [];
    }

    private static bool Lies(RegionFacts one, RegionFacts other, PlaceArea place) =>
        (one.Centroid.X - other.Centroid.X) * place.Across >= 0
            && (one.Centroid.Y - other.Centroid.Y) * place.Down >= 0;
}
