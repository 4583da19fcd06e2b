using SpexStream.Domain.Grid;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Scenes;

/// <summary>A tile job that answers to its scene's mailbox.</summary>
internal abstract class SceneTileJob(TileStage stage, TileIndex tile, ISceneMailbox mailbox) : TileJob
{
    protected TileStage TileStage => stage;

    protected TileIndex Tile => tile;

    public override bool IsUnwanted => mailbox.IsClosed;

    public override void Fail(Exception fault) => Report(new SceneMessage.TileBroke(stage, tile, fault));

    protected void Report(SceneMessage message) => mailbox.Answer(message);
}
