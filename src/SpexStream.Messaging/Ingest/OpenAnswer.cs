using SpexStream.Domain.Announcements;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Messaging.Ingest;

/// <summary>What opening an announced raster came to: the strip ready for the pipeline, or why it is refused, or
/// neither when its file does not answer at present.</summary>
internal readonly record struct OpenAnswer(StripDelivery? Delivery, Rejection? Rejection)
{
    /// <summary>Whether nothing is known of the file, and it may be opened later.</summary>
    public bool IsSilent => Delivery is null && Rejection is null;
}
