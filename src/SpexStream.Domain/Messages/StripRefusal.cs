using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Messages;

/// <summary>An announcement was refused; one for every arrival, repeats too.</summary>
/// <param name="Rejection">Why.</param>
/// <param name="Original">What arrived.</param>
/// <param name="Arrival">Number of the arrival in the journal; tells a repeat from the first.</param>
/// <param name="Scene">The scene it named; null when that could not be read.</param>
/// <param name="Href">Where the whole payload is kept; null when it is not.</param>
public sealed record StripRefusal(
    Rejection Rejection, OriginalPayload Original, long Arrival, SceneId? Scene = null, string? Href = null)
{
    /// <summary>The stage in the dead-letter topic.</summary>
    public const string Stage = "intake";
}
