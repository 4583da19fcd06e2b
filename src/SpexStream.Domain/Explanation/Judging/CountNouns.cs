using SpexStream.Domain.Explanation.Reading;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Tells nouns that are counted as regions from those that are finer than a region can show.</summary>
internal static class CountNouns
{
    private static readonly HashSet<string> Finer =
    [
        "tree", "trees", "house", "houses", "building", "buildings", "home", "homes", "roof", "roofs", "rooftop",
        "rooftops", "crop", "crops", "plants", "shrub", "shrubs", "bushes", "structures", "warehouse", "warehouses",
    ];

    /// <summary>Whether one region may hold many of them.</summary>
    public static bool IsFinerThanRegions(Clause clause, Term noun) =>
        noun.Kind == TermKind.Class && Finer.Contains(clause.Tokens[noun.Last].Text);
}
