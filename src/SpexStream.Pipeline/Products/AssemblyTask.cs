using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Products;

/// <summary>A scene whose tiles all have their final answer.</summary>
internal sealed record AssemblyTask(SceneWorkshop Workshop, SceneSpec Scene, TileGrid Grid, TileStore Tiles, ISceneFindings Findings)
{
    /// <summary>Revision of the products.</summary>
    public required int Revision { get; init; }

    /// <summary>Fence of the scene's writer; null where a folder is simply the scene's.</summary>
    public required long? Epoch { get; init; }

    /// <summary>Strips that made it, in percent of those expected.</summary>
    public required double CompletenessPercent { get; init; }

    /// <summary>Strips that made it.</summary>
    public required int StripsReceived { get; init; }

    /// <summary>Strips that were given up, ascending.</summary>
    public required ImmutableArray<int> MissingStrips { get; init; }

    /// <summary>Why strips were waited for no longer.</summary>
    public required CloseReason ClosedFor { get; init; }
}
