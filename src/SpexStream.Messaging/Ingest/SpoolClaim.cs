using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;

namespace SpexStream.Messaging.Ingest;

/// <summary>A strip's right to its file in the spool. Guarded by the spool's lock, but for the place.</summary>
internal sealed class SpoolClaim(SceneId scene, string path, StripHref href)
{
    public SceneId Scene => scene;

    public string Path => path;

    public StripHref Href => href;

    /// <summary>Whether the strip is still on its way into its scene.</summary>
    public bool IsInHand { get; set; } = true;

    /// <summary>Whether its scene was closed meanwhile.</summary>
    public bool IsSwept { get; set; }
}
