namespace SpexStream.Domain.Announcements;

/// <summary>
/// Where a strip's raster lies: an absolute local path, a <c>file:</c> URI, or a URI of another scheme. Nothing is
/// opened here; symbolic links are resolved and checked again by whoever opens the file.
/// </summary>
public sealed record StripHref
{
    /// <summary>Scheme of local files.</summary>
    public const string FileScheme = "file";

    /// <summary>Scheme that stands for paths which GDAL would take for one of its virtual file systems.</summary>
    public const string VirtualScheme = "vsi";

    private StripHref(string text, string scheme, string? localPath) =>
        (Text, Scheme, LocalPath) = (text, scheme, localPath);

    /// <summary>The text as it was given.</summary>
    public string Text { get; }

    /// <summary>Lower-case scheme; <see cref="FileScheme"/> for plain paths.</summary>
    public string Scheme { get; }

    /// <summary>
    /// Absolute path without <c>.</c> and <c>..</c>; null unless the scheme is <see cref="FileScheme"/>.
    /// </summary>
    public string? LocalPath { get; }

    /// <summary>Reads a reference; false for relative paths, control characters and malformed URIs.</summary>
    public static bool TryParse(string text, out StripHref? href)
    {
        href = text.Length == 0 || text.Any(char.IsControl) ? null : Read(text);
        return href is not null;
    }

    /// <summary>
    /// Whether the file lies in <paramref name="root"/>, an absolute folder, going by the text alone.
    /// </summary>
    public bool LiesIn(string root)
    {
        var folder = Path.GetFullPath(root).TrimEnd('/') + "/";
        return LocalPath is not null && LocalPath.StartsWith(folder, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static StripHref? Read(string text)
    {
        if (text[0] == '/')
        {
            return Local(text, text);
        }

        if (!text.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            return null;
        }

        return uri.Scheme == FileScheme ? ReadFileUri(text, uri) : new(text, uri.Scheme, null);
    }

    private static StripHref? ReadFileUri(string text, Uri uri)
    {
        var path = Uri.UnescapeDataString(uri.AbsolutePath);
        var local = uri.Host.Length == 0 || uri.Host == "localhost";
        return local && path.Length > 1 && path[0] == '/' && !path.Any(char.IsControl) ? Local(text, path) : null;
    }

    private static StripHref Local(string text, string path)
    {
        // GDAL reads such a path as a network address or an archive, whatever lies on the disk. Looked at after "//"
        // and "/./" are gone, for it is this path that will be opened.
        var full = Path.GetFullPath(path);
        return full.StartsWith("/vsi", StringComparison.Ordinal)
            ? new(text, VirtualScheme, null)
            : new(text, FileScheme, full);
    }
}
