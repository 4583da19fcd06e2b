using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Classifies one tile: pixels in, codes, components and planes out.</summary>
internal sealed class ClassifyJob(
    SceneWorkshop workshop, TileStage stage, TileIndex tile, TileGrid grid, ISceneFindings findings,
    ISceneMailbox mailbox) : SceneTileJob(stage, tile, mailbox)
{
    public override string Stage => "classify";

    public override FlightMark? Mark => workshop.MarkOf(Tile, grid);

    public override void Run(WorkerScratch scratch)
    {
        var strips = workshop.Strips;
        var (evidence, browse) =
            RuleAnswer.Of(workshop, grid.Core(Tile), grid, strips, workshop.Backend, findings, scratch);
        var basis = TileBasis.Of(workshop.Frame, Tile, grid, strips, findings);
        Report(new SceneMessage.Classified(
            TileStage, Tile, workshop.AnswerOf(Tile, grid, evidence, browse, basis, scratch)));
    }
}
