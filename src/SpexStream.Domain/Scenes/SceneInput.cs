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
    public sealed record StripArrived(StripEntry Strip) : SceneInput;

    /// <summary>A strip is worked on no more, for it brought the process down; its rows are missing.</summary>
    public sealed record StripQuarantined(int StripIndex) : SceneInput;

    /// <summary>Which strips matter more or less than others was said apart from the strips themselves: by the schedule of
    /// the pass, or by the announcement of a strip that could not be taken.</summary>
    public sealed record TiersTold(ImmutableDictionary<int, StripTier> Tiers) : SceneInput;

    /// <summary>The pass is over: no further strip is expected.</summary>
    public sealed record PassEnded : SceneInput;

    /// <summary>Time has gone on; sent at or after the time of a <see cref="SceneEffect.WakeAt"/>.</summary>
    public sealed record Ticked : SceneInput;

    /// <summary>A tile has its answer for a stage, be it that it was given up.</summary>
    public sealed record TileDone(TileStage Stage, TileIndex Tile) : SceneInput;

    /// <summary>The findings of a stage are drawn.</summary>
    public sealed record StageConcluded(TileStage Stage) : SceneInput;

    /// <summary>The products are in place.</summary>
    public sealed record ProductsAssembled : SceneInput;
}
