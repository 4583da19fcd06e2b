using System.Globalization;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// A file together with the stamp that it must have, as the one text by which caches and readers know their files: the
/// same path with other content is another file to them.
/// </summary>
internal readonly record struct StampedPath(string Path, FileStamp Stamp)
{
    private const char Mark = '@';

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
