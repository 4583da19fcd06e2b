namespace SpexStream.Domain.Announcements;

/// <summary>What the event around an announcement says; all null for a bare Item.</summary>
/// <param name="EventId">CloudEvents id; with the source it names the event.</param>
/// <param name="EventSource">CloudEvents source.</param>
/// <param name="TraceParent">W3C trace context to hand on; null when absent or malformed (never a reason to
/// refuse).</param>
public sealed record AnnouncementOrigin(string? EventId, string? EventSource, string? TraceParent)
{
    /// <summary>Nothing known.</summary>
    public static AnnouncementOrigin None { get; } = new(null, null, null);
}
