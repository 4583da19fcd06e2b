using System.Collections.Immutable;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Announcements;

/// <summary>The pass that brought a scene is over.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="StripCount">Strips that were sent, 1 or more, counted along the track; null when nobody counted: then
/// what has come is all.</param>
public sealed record PassEnd(SceneId Scene, int? StripCount)
{
    /// <summary>How much strips matter, by index, of those for which it was said; whether or not they ever
    /// come.</summary>
    public ImmutableSortedDictionary<int, StripTier> Tiers { get; init; } =
        ImmutableSortedDictionary<int, StripTier>.Empty;
}
