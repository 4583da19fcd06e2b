using SpexStream.Domain.Announcements;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Announcements;

/// <summary>A raster that came with its announcement can be checked on the spot.</summary>
internal static class InBandRaster
{
    /// <summary>
    /// The announcement with the raster's true size and checksum; a difference to what it said is reported.
    /// </summary>
    public static StripAnnouncement Complete(StripAnnouncement strip, ReadOnlySpan<byte> raster, ReadFindings findings)
    {
        var data = strip.Data;
        if (data.SizeBytes is { } size && size != raster.Length)
        {
            findings.Refuse(
                RejectionReason.SizeMismatch,
                "assets.data[\"file:size\"]",
                $"is {size}, the payload has {raster.Length} bytes",
                "send the whole file");
        }

        var checksum = ContentChecksum.Compute(data.Checksum?.Kind ?? HashKind.Sha256, raster);
        if (data.Checksum is { } announced && announced != checksum)
        {
            findings.Refuse(
                RejectionReason.ChecksumMismatch,
                "assets.data[\"file:checksum\"]",
                $"is {announced}, the payload has {checksum}",
                "send the file again");
        }

        return strip with { Data = data with { Href = null, SizeBytes = raster.Length, Checksum = checksum } };
    }
}
