using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Announcements;

/// <summary>By what two announcements are told to be the same.</summary>
public static class AnnouncementIdentity
{
    /// <summary>
    /// The strip as a thing, whoever announces it and how often: <c>{station}/strip/{platform}/{scene}/{index}</c>.
    /// With the revision it is the key by which duplicates are found.
    /// </summary>
    public static DataId DataId(StationId station, StripAnnouncement strip) =>
        Messages.DataId.OfStrip(station, strip.Platform, strip.Scene, strip.StripIndex);

    private const string Digest = "multihash:";

    /// <summary>
    /// The raster's content: its checksum where there is one, else size and place. Equal means the same bytes, as far
    /// as the announcement tells.
    /// </summary>
    public static string Content(StripAnnouncement strip) => strip.Data switch
    {
        { Checksum: { } checksum } => $"{Digest}{checksum.Multihash}",
        var data => $"place:{data.SizeBytes?.ToString() ?? "?"}:{data.Href?.LocalPath ?? data.Href?.Text ?? "in-band"}",
    };

    /// <summary>Whether an identity of content is a checksum, so that equal ones are the same bytes for
    /// certain.</summary>
    public static bool IsDigest(string contentId) => contentId.StartsWith(Digest, StringComparison.Ordinal);
}
