using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Classifies a tile by rules, on the reading thread itself.</summary>
internal static class RuleAnswer
{
    /// <summary>Fills the evidence of a tile.</summary>
    /// <param name="workshop">The scene.</param>
    /// <param name="core">The tile.</param>
    /// <param name="grid">Its grid.</param>
    /// <param name="strips">The strips to read.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="findings">What they go by.</param>
    /// <param name="scratch">What the thread keeps.</param>
    /// <returns>The evidence, valid until the thread's next tile, and samples for the browse picture.</returns>
    public static (TileEvidence Evidence, BrowseSamples? Browse) Of(
        SceneWorkshop workshop, PixelWindow core, TileGrid grid, StripSet strips, ITileBackend rules,
        ISceneFindings findings,
        WorkerScratch scratch)
    {
        var evidence = scratch.Evidence(grid.TileSize);
        var whole = strips.CoveredParts(core).FirstOrDefault(part => part.Intersect(core) == core);
        if (!whole.IsEmpty)
        {
            using var pixels = Read(core, whole);
            rules.Classify(pixels, findings, evidence);
            return (evidence, workshop.Browse.Take(pixels));
        }

        // Rows that no strip brought are nodata; each run of rows between them is a small tile of its own.
        evidence.FillNodata(core);
        using var part = new TileEvidence(grid.TileSize);
        foreach (var covered in strips.CoveredParts(core))
        {
            using var pixels = Read(core.Intersect(covered), covered);
            rules.Classify(pixels, findings, part);
            EvidencePlanes.CopyInto(part, evidence);
        }

        return (evidence, null);

        PixelPlanes Read(PixelWindow window, PixelWindow covered) =>
            workshop.Read(window, covered, grid, strips, scratch);
    }
}
