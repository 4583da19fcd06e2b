using SpexStream.Domain.Announcements;

namespace SpexStream.Domain.Scenes;

/// <summary>A strip that a scene has taken: its place along track, its rows on the scene's grid, and what it
/// holds.</summary>
/// <param name="Index">0-based, along track.</param>
/// <param name="RowOffset">First row on the scene's grid.</param>
/// <param name="Height">Rows.</param>
/// <param name="ContentId">Identity of the content (checksum, or size and link); equal content is a duplicate.</param>
public sealed record StripEntry(int Index, int RowOffset, int Height, string ContentId)
{
    /// <summary>First row behind the strip.</summary>
    public int Bottom => RowOffset + Height;

    /// <summary>How much the strip matters.</summary>
    public StripTier Tier { get; init; } = StripTier.Wanted;

    /// <summary>Revision that its announcement gave itself, from 1; a lower one never takes the place of a
    /// higher.</summary>
    public int AnnouncedRevision { get; init; } = StripAnnouncement.FirstRevision;

    /// <summary>Last moment sensed, UTC; null when unknown.</summary>
    public DateTimeOffset? SensedTo { get; init; }
}
