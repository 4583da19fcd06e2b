using System.Collections.Immutable;

namespace SpexStream.Domain.Explanation;

/// <summary>Names of the reasons in metrics and events.</summary>
public static class RejectionReasons
{
    private static readonly ImmutableArray<string> Slugs = [.. Enum.GetNames<RejectionReason>().Select(Hyphenated)];

    /// <summary>Lower-case name with hyphens, such as <c>number-contradicted</c>. Allocates nothing.</summary>
    public static string Slug(this RejectionReason value) => Slugs[(int)value];

    private static string Hyphenated(string name) =>
        name[..1].ToLowerInvariant()
        + string.Concat(name.Skip(1).Select(letter => char.IsUpper(letter) ? "-" + letter : letter.ToString()))
            .ToLowerInvariant();
}
