using SpexStream.Domain.Announcements;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Messaging.Ingest;

/// <summary>A strip whose raster was opened and checked.</summary>
/// <param name="Announcement">What was announced; of a raster in its message, with its place in the spool.</param>
/// <param name="Delivery">The strip as the pipeline takes it.</param>
/// <param name="Original">Traces of the message.</param>
internal sealed record OpenedStrip(StripAnnouncement Announcement, StripDelivery Delivery, OriginalPayload Original);
