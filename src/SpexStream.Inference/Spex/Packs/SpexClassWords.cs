using System.Collections.Immutable;

namespace SpexStream.Inference.Spex.Packs;

/// <summary>Words for classes in instructions. The model knows a class by its word alone.</summary>
public static class SpexClassWords
{
    /// <summary>As in the release's instructions; "buildings" was not seen there.</summary>
    public static ImmutableSortedDictionary<string, string> Released { get; } = new Dictionary<string, string>
    {
        ["buildings"] = "buildings",
        ["vegetation"] = "vegetation",
        ["water"] = "water bodies",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
