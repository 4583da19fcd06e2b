using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Counts one tile into a survey.</summary>
internal sealed class SurveyJob(
    SceneWorkshop workshop, TileStage stage, TileIndex tile, TileGrid grid, ISceneFindings findings,
    ISceneMailbox mailbox) : SceneTileJob(stage, tile, mailbox)
{
    public override string Stage => "survey";

    public override FlightMark? Mark => workshop.MarkOf(Tile, grid);

    public override void Run(WorkerScratch scratch)
    {
        var survey = workshop.Survey(TileStage, scratch.Device, findings);
        var strips = workshop.Strips;
        var core = grid.Core(Tile);
        var parts = new List<PixelPlanes>();
        try
        {
            // All parts are read before the first is counted: a tile that is tried again must not count twice.
            foreach (var covered in strips.CoveredParts(core))
            {
                parts.Add(workshop.Pixels.Read(
                    core.Intersect(covered), grid.Halo, covered.Intersect(grid.Bounds), strips.ByRow, scratch.Readers));
            }

            parts.ForEach(survey.Add);
        }
        finally
        {
            parts.ForEach(part => part.Dispose());
        }

        Report(new SceneMessage.Surveyed(TileStage, Tile));
    }
}
