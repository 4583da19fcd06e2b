using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Envelope;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// A strip as it lies in a spool folder: its Item in a file that ends in .json, as it was announced. An Item without a
/// link belongs to the raster of the same name beside it (.tif), and was sent in its message.
/// </summary>
public static class SpoolItem
{
    private const string Suffix = ".json";
    private const string RasterSuffix = ".tif";

    /// <summary>Where the Item of a raster in a spool folder lies.</summary>
    public static string PathOf(string raster) => Path.ChangeExtension(raster, Suffix);

    /// <summary>The Items of a folder by name; not of the folders in it.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static ImmutableArray<string> In(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + Suffix).Order(StringComparer.Ordinal)];

    /// <summary>The message that announces an Item.</summary>
    /// <param name="path">The Item's file.</param>
    /// <param name="topic">Topic of the message.</param>
    /// <param name="limits">Largest files.</param>
    /// <param name="roots">Folders, links resolved, that the files must lie in; empty for any.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="IOException">A file cannot be read; the message says why.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static async Task<InboundMessage> ReadAsync(
        string path, string topic, AnnouncementLimits limits, ImmutableArray<string> roots,
        CancellationToken cancellation)
    {
        var item = await BytesAsync(path, limits.MaxJsonBytes, roots, cancellation);
        var raster = Path.ChangeExtension(path, RasterSuffix);
        return HasLink(item) || !File.Exists(raster)
            ? new InboundMessage(topic, item, MediaTypes.GeoJson, [])
            : new InboundMessage(
                topic, await BytesAsync(raster, limits.MaxInBandBytes, roots, cancellation), MediaTypes.Tiff,
                [new(StripAnnouncementDecoder.ItemProperty, Encoding.UTF8.GetString(item))]);
    }

    private static async Task<byte[]> BytesAsync(
        string path, long most, ImmutableArray<string> roots, CancellationToken cancellation)
    {
        var file = new FileInfo(RealPath.Of(path));
        if (!roots.IsEmpty && !roots.Any(root => RealPath.IsInside(file.FullName, root)))
        {
            throw new IOException("leads out of the allowed folders");
        }

        // A pipe would keep its reader waiting; like a device, it has no bytes of its own.
        return file is { Exists: true, Length: > 0 } && file.Length <= most
            ? await File.ReadAllBytesAsync(file.FullName, cancellation)
            : throw new IOException($"is no file of 1 to {most} bytes");
    }

    private static bool HasLink(byte[] item)
    {
        try
        {
            using var document = JsonDocument.Parse(item);
            return !(document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("assets", out var assets) && assets.ValueKind == JsonValueKind.Object
                && assets.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
                || data.TryGetProperty("href", out _);
        }
        catch (JsonException)
        {
            // What is wrong with it is said by whoever decodes it.
            return true;
        }
    }
}
