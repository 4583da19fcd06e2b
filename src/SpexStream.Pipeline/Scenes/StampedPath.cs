using System.Globalization;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// A file together with the stamp that it must have, as the one text by which caches and readers know their files: the
/// same path with other content is another file to them.
/// </summary>
internal readonly record struct StampedPath(string Path, FileStamp Stamp)
{
    private const char Mark = '@';

    /// <summary>
    /// A delivery that names its file together with the stamp. Where no checksum says what a file holds, the time of
    /// its last change does: written anew and announced again, it is other content, be it of the same size.
    /// </summary>
    public static StripDelivery Name(StripDelivery delivery)
    {
        if (delivery.Stamp is not { } stamp)
        {
            return delivery;
        }

        var named = delivery with { Path = new StampedPath(delivery.Path, stamp).ToString() };
        return AnnouncementIdentity.IsDigest(delivery.Strip.ContentId) ? named : named with
        {
            Strip = delivery.Strip with { ContentId = new StampedPath(delivery.Strip.ContentId, stamp).ToString() },
        };
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null for a plain path.</summary>
    public static StampedPath? TryParse(string text)
    {
        var mark = text.LastIndexOf(Mark);
        return mark > 0 && text[(mark + 1)..].Split('.') is [var bytes, var ticks]
            && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var modified)
            && modified <= DateTimeOffset.MaxValue.Ticks
            ? new(text[..mark], new(size, new(modified, TimeSpan.Zero)))
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}{Mark}{Stamp.Bytes}.{Stamp.ModifiedAt.UtcTicks}");
}
