using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Scenes;

/// <summary>What can happen to a scene.</summary>
public abstract record SceneInput
{
    private SceneInput()
    {
    }

    /// <summary>A strip was accepted for the scene.</summary>
    /// <param name="Strip">The strip.</param>
    /// <param name="IsLast">Whether it is the last one along the track, so that the pass's strips are known by number.
    /// Those before it may still be on their way.</param>
    public sealed record StripArrived(StripEntry Strip, bool IsLast = false) : SceneInput
    {
        /// <summary>Whether it counts as new although its content is known: tiles of it were given up, and it lies in
        /// another file now.</summary>
        public bool IsAnew { get; init; }
    }

    /// <summary>A strip is worked on no more, for it brought the process down; its rows are missing.</summary>
    public sealed record StripQuarantined(int StripIndex) : SceneInput;

    /// <summary>The pass is over.</summary>
    /// <param name="StripCount">Strips that were sent, some of which may still be on their way; null when what is there
    /// is all that will come.</param>
    /// <param name="Tiers">How much strips matter, whether they ever come or not; null when nothing was said. What a
    /// strip says of itself counts more.</param>
    public sealed record PassEnded(int? StripCount = null, ImmutableSortedDictionary<int, StripTier>? Tiers = null)
        : SceneInput;

    /// <summary>Time has gone on; sent at or after the time of a <see cref="SceneEffect.WakeAt"/>.</summary>
    public sealed record Ticked : SceneInput;

    /// <summary>A tile has its answer for a stage, be it that it was given up.</summary>
    public sealed record TileDone(TileStage Stage, TileIndex Tile) : SceneInput;

    /// <summary>The findings of a stage are drawn.</summary>
    public sealed record StageConcluded(TileStage Stage) : SceneInput;

    /// <summary>The products are in place.</summary>
    public sealed record ProductsAssembled : SceneInput;
}
