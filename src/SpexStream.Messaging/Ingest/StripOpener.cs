using System.Security.Cryptography;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// Looks at the raster of an announcement before it is accepted: where it really lies, its size and checksum, its
/// header, its place in the scene. From then on only the place where it really lies counts, and what lay there. Blocks
/// on the disk.
/// </summary>
public sealed class StripOpener(IRasterStore rasters, ICoordinateTransforms transforms, IngestOptions options)
{
    private const string Href = "assets.data.href";

    private const int ChunkBytes = 1 << 20;

    /// <summary>The strip ready for the pipeline, or why it is refused (exactly one of both).</summary>
    /// <param name="strip">The announcement.</param>
    /// <param name="onStep">Called whenever a part of the work is done: a large file takes long without
    /// hanging.</param>
    public (StripDelivery? Delivery, Rejection? Rejection) Open(StripAnnouncement strip, Action? onStep = null)
    {
        if (strip.Data.Href!.LocalPath is not { } local)
        {
            return Open(strip, strip.Data.Href.Text);
        }

        var (file, refused) = Find(local);
        if (file is null || (refused = CheckContent(strip, file, onStep)) is not null)
        {
            return (null, refused);
        }

        var stamp = StampOf(file);
        var (delivery, unusable) = Open(strip, file.FullName);
        return delivery is null ? (null, unusable)
            : IsStill(file.FullName, stamp) ? (delivery with { Stamp = stamp }, null)
            : (null, new(
                RejectionReason.Unreadable, Href, "changed while it was looked at",
                "announce a strip when its file is complete, and leave the file alone then"));
    }

    private (StripDelivery? Delivery, Rejection? Rejection) Open(StripAnnouncement strip, string path)
    {
        RasterInfo info;
        try
        {
            info = rasters.Describe(path);
        }
        catch (RasterException unreadable)
        {
            // A malformed file stays malformed: refused with the library's words, not tried again.
            return (null, new(
                RejectionReason.Unreadable, Href, $"cannot be read: {Rejection.Quote(unreadable.Detail)}",
                "announce a file that GDAL opens with one of the allowed drivers"));
        }

        if ((long)info.Width * info.Height * info.Bands.Length > options.MaxSamples)
        {
            return (null, new(
                RejectionReason.TooLarge, Href,
                $"claims {info.Width} x {info.Height} pixels of {info.Bands.Length} bands",
                $"cut it into strips of at most {options.MaxSamples} samples"));
        }

        var (crs, unknown) = Crs(strip, info);
        return unknown is null ? StripPlacement.Place(strip, info, crs) : (null, unknown);
    }

    // The file that a path leads to, links followed. Nothing is opened yet: opening a pipe would wait for its writer,
    // and opening a device may do anything. All of these have no bytes of their own, as no raster has.
    private (FileInfo? File, Rejection? Rejection) Find(string path)
    {
        try
        {
            var file = new FileInfo(RealPath.Of(path));
            if (!options.ResolvedRoots.IsEmpty
                && !options.ResolvedRoots.Any(root => RealPath.IsInside(file.FullName, root)))
            {
                return (null, new(
                    RejectionReason.OutsideRoots, Href, "leads out of the allowed folders",
                    "put the raster below a folder given by --allow"));
            }

            if (Directory.Exists(file.FullName) || file is { Exists: true, Length: 0 })
            {
                return (null, new(
                    RejectionReason.Unreadable, Href, "is not a regular file, or an empty one",
                        "announce the file of a raster"));
            }

            return file.Exists && file.UnixFileMode != UnixFileMode.None
                ? (file, null)
                : (null, new(
                    RejectionReason.Unreadable, Href, "is not there", "announce a strip when its file is complete"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A path that cannot even be looked at is refused like one that is not there.
            return (null, new(
                RejectionReason.Unreadable, Href, $"cannot be looked at: {Rejection.Quote(fault.Message)}",
                    "check its permissions"));
        }
    }

    private static Rejection? CheckContent(StripAnnouncement strip, FileInfo file, Action? onStep)
    {
        if (strip.Data.SizeBytes is { } size && file.Length != size)
        {
            return new(
                RejectionReason.SizeMismatch, "assets.data[\"file:size\"]",
                $"is {size}, the file has {file.Length} bytes",
                "announce a strip when its file is complete");
        }

        return strip.Data.Checksum is { } checksum && !HasChecksum(file, checksum, onStep)
            ? new(
                RejectionReason.ChecksumMismatch, "assets.data[\"file:checksum\"]", "is not that of the file",
                "announce a strip when its file is complete")
            : null;
    }

    private static FileStamp StampOf(FileInfo file) => new(file.Length, file.LastWriteTimeUtc);

    private static bool IsStill(string real, FileStamp stamp) =>
        RealPath.Of(real) == real && new FileInfo(real) is { Exists: true } file && StampOf(file) == stamp;

    private static bool HasChecksum(FileInfo file, ContentChecksum checksum, Action? onStep)
    {
        using var stream = file.OpenRead();
        using var digest = IncrementalHash.CreateHash(
            checksum.Kind == HashKind.Sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512);
        var chunk = new byte[(int)Math.Min(ChunkBytes, Math.Max(1, file.Length))];
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            digest.AppendData(chunk, 0, read);
            onStep?.Invoke();
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset()) == checksum.Hex;
    }

    private (CoordinateSystem? Crs, Rejection? Rejection) Crs(StripAnnouncement strip, RasterInfo info)
    {
        if (strip.ProjCode is not { } code || code == info.Crs?.Code)
        {
            return (null, null);
        }

        if (info.Crs?.Code is { } own)
        {
            return (null, new(
                RejectionReason.OffGrid, "properties[\"proj:code\"]",
                $"is {Rejection.Quote(code)}, the file says {own}",
                "leave it out, or correct the file"));
        }

        try
        {
            return (transforms.Parse(code), null);
        }
        catch (FormatException)
        {
            // The library's own words on an unknown code are no help to the sender.
            return (null, new(
                RejectionReason.BadField, "properties[\"proj:code\"]", $"{Rejection.Quote(code)} is not known",
                "give authority and code, such as EPSG:32633"));
        }
    }
}
