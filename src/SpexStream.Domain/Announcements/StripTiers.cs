namespace SpexStream.Domain.Announcements;

/// <summary>Names of the tiers on the wire.</summary>
public static class StripTiers
{
    /// <summary>Lower-case name in announcements.</summary>
    public static string Slug(this StripTier tier) => tier switch
    {
        StripTier.Critical => "critical",
        StripTier.Wanted => "wanted",
        StripTier.Optional => "optional",
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, null),
    };

    /// <summary>Reads a name exactly as <see cref="Slug"/> writes it; null when unknown.</summary>
    public static StripTier? FromSlug(string text) => text switch
    {
        "critical" => StripTier.Critical,
        "wanted" => StripTier.Wanted,
        "optional" => StripTier.Optional,
        _ => null,
    };
}
