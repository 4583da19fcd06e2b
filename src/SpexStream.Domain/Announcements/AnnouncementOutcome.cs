using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Announcements;

/// <summary>What became of a message on the announcement topic: exactly one of the two nested cases.</summary>
public abstract record AnnouncementOutcome
{
    private AnnouncementOutcome()
    {
    }

    /// <summary>The announcement holds what it must; the raster itself has not been looked at.</summary>
    /// <param name="Announcement">What was announced.</param>
    /// <param name="Origin">The event around it.</param>
    /// <param name="InBand">The raster's bytes where they came with the message, else empty. A view on the received
    /// payload: valid as long as that is.</param>
    public sealed record Accepted(
        StripAnnouncement Announcement, AnnouncementOrigin Origin, ReadOnlyMemory<byte> InBand) : AnnouncementOutcome;

    /// <summary>The announcement is refused.</summary>
    /// <param name="Rejection">Why.</param>
    /// <param name="Scene">The scene it named, where that much could be read.</param>
    /// <param name="Origin">The event around it, as far as it could be read.</param>
    public sealed record Refused(
        Rejection Rejection, SceneId? Scene, AnnouncementOrigin Origin) : AnnouncementOutcome;
}
