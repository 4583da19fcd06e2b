using SpexStream.Domain.Announcements;

namespace SpexStream.Messaging.Ingest;

/// <summary>An announced raster that is to be opened, and who waits for that.</summary>
internal sealed class Opening(StripAnnouncement strip)
    : TaskCompletionSource<OpenAnswer>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public StripAnnouncement Strip => strip;

    public string Path => strip.Data.Href!.LocalPath ?? strip.Data.Href.Text;
}
