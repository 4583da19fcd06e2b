using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Products;

/// <summary>A scene whose tiles all have their final answer.</summary>
internal sealed record AssemblyTask(
    SceneWorkshop Workshop, TileGrid Grid, TileStore Tiles, ISceneFindings Findings, double CompletenessPercent,
    int StripsReceived, ImmutableArray<int> MissingStrips, bool PassHasEnded);
