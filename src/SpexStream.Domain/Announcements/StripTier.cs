namespace SpexStream.Domain.Announcements;

/// <summary>How much a strip matters when the station cannot do everything in time.</summary>
public enum StripTier
{
    /// <summary>Never given up for load.</summary>
    Critical,

    /// <summary>The normal case.</summary>
    Wanted,

    /// <summary>The first to fall back under load.</summary>
    Optional,
}
