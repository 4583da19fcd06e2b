using SpexStream.Domain.Grid;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>What a scene's own timers, tiles and products bring to its mailbox.</summary>
internal abstract record SceneMessage : ISceneMessage
{
    private SceneMessage()
    {
    }

    /// <summary>A timer of the scene has fired.</summary>
    public sealed record Tick : SceneMessage;

    /// <summary>A tile was surveyed.</summary>
    public sealed record Surveyed(TileStage Stage, TileIndex Tile) : SceneMessage;

    /// <summary>A tile was classified.</summary>
    public sealed record Classified(TileStage Stage, TileIndex Tile, TileAnswer Answer) : SceneMessage
    {
        /// <summary>Why rules answered where a model should have; null when all is as it should be.</summary>
        public string? InsteadOfModel { get; init; }

        /// <summary>Whether there was nothing to ask the model about.</summary>
        public bool NeededNoModel { get; init; }
    }

    /// <summary>A tile broke.</summary>
    public sealed record TileBroke(TileStage Stage, TileIndex Tile, Exception Fault) : SceneMessage;

    /// <summary>A tile that broke has waited long enough.</summary>
    public sealed record TryTile(TileStage Stage, TileIndex Tile) : SceneMessage;

    /// <summary>The products are in their folder.</summary>
    public sealed record Assembled(SceneOutcome Outcome) : SceneMessage;

    /// <summary>The products could not be written.</summary>
    public sealed record AssemblyBroke(Exception Fault) : SceneMessage;

    /// <summary>Products that could not be written are tried again.</summary>
    public sealed record TryAssembly : SceneMessage;
}
