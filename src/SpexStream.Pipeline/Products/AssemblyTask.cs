using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Products;

/// <summary>A scene whose tiles all have their final answer.</summary>
internal sealed record AssemblyTask(
    SceneWorkshop Workshop, SceneSpec Scene, TileGrid Grid, TileStore Tiles, ISceneFindings Findings)
{
    /// <summary>Revision of the products.</summary>
    public required int Revision { get; init; }

    /// <summary>Fence of the scene's writer; null where a folder is simply the scene's.</summary>
    public required long? Epoch { get; init; }

    /// <summary>Fence of the scene's first writer.</summary>
    public long FirstEpoch { get; init; }

    /// <summary>Strips that made it, in percent of those expected.</summary>
    public required double CompletenessPercent { get; init; }

    /// <summary>Strips that made it.</summary>
    public required int StripsReceived { get; init; }

    /// <summary>Strips that were given up, ascending.</summary>
    public required ImmutableArray<int> MissingStrips { get; init; }

    /// <summary>Remarks on how tiles were answered, in plain English.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>Why strips were waited for no longer.</summary>
    public required CloseReason ClosedFor { get; init; }

    /// <summary>The task of a scene as it stands.</summary>
    public static AssemblyTask Of(
        SceneEffect.Assemble assemble, SceneState state, SceneWorkshop workshop, SceneTiles tiles, long? epoch)
    {
        var sensedTo = state.Strips.Values.Max(strip => strip.SensedTo) ?? workshop.Scene.SensedTo;
        return new(
            workshop, workshop.Scene with { SensedTo = sensedTo }, state.Grid, tiles.Store, tiles.Findings.Latest)
        {
            Revision = assemble.Revision,
            Epoch = epoch,
            CompletenessPercent = assemble.CompletenessPercent,
            StripsReceived = state.Strips.Count,
            MissingStrips = state.MissingStrips,
            Remarks = tiles.Remarks,
            ClosedFor = state.ClosedFor ?? CloseReason.Complete,
        };
    }
}
