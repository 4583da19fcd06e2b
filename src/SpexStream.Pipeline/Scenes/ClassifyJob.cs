using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Classifies one tile: pixels in, codes, components and planes out.</summary>
internal sealed unsafe class ClassifyJob(
    SceneWorkshop workshop, TileStage stage, TileIndex tile, TileGrid grid, ISceneFindings findings,
    SceneMailbox mailbox) : SceneTileJob(stage, tile, mailbox)
{
    public override string Stage => "classify";

    public override FlightMark? Mark => workshop.MarkOf(Tile, grid);

    public override void Run(WorkerScratch scratch)
    {
        var evidence = scratch.Evidence(grid.TileSize);
        var core = grid.Core(Tile);
        var strips = workshop.Strips;
        BrowseSamples? browse = null;
        var whole = strips.CoveredParts(core).FirstOrDefault(part => part.Intersect(core) == core);
        if (!whole.IsEmpty)
        {
            using var pixels = Read(core, whole, strips, scratch);
            workshop.Backend.Classify(pixels, findings, evidence);
            browse = workshop.Browse.Take(pixels);
        }
        else
        {
            ClassifyParts(core, strips, evidence, scratch);
        }

        var result = workshop.Labeller(scratch.Device, grid).Label(Tile, evidence);
        Report(new SceneMessage.Classified(
            TileStage, Tile, new TileAnswer(result, workshop.Planes.Take(evidence), browse, TileBasis.Of(workshop.Frame, Tile, grid, strips, findings))));
    }

    private PixelPlanes Read(PixelWindow core, PixelWindow covered, StripSet strips, WorkerScratch scratch) =>
        workshop.Pixels.Read(core, grid.Halo, covered.Intersect(grid.Bounds), strips.ByRow, scratch.Readers);

    // Rows that no strip brought are nodata; each run of rows between them is a small tile of its own.
    private void ClassifyParts(PixelWindow core, StripSet strips, TileEvidence evidence, WorkerScratch scratch)
    {
        EvidencePlanes.FillNodata(evidence, core);
        using var part = new TileEvidence(grid.TileSize);
        foreach (var covered in strips.CoveredParts(core))
        {
            using var pixels = Read(core.Intersect(covered), covered, strips, scratch);
            workshop.Backend.Classify(pixels, findings, part);
            EvidencePlanes.CopyInto(part, evidence);
        }
    }
}
