using System.Collections.Concurrent;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Grid;
using SpexStream.Pipeline.Alerts;
using SpexStream.Pipeline.Products;

namespace SpexStream.Benchmarks;

/// <summary>All areas on a scene compared with an earlier pass on a grid that lies half a pixel off, and their largest
/// gains and losses outlined on Earth: what a scene would cost of which every area has an alert.</summary>
internal static class ChangeBench
{
    /// <summary>What was found, for each area.</summary>
    public static IReadOnlyDictionary<AreaId, ChangeFigures> Compare(
        AlertGround scene, IClassRows newer, IClassRows older, int threads)
    {
        var (now, before) = (new RunBand(), new RunBand());
        now.Load(newer, 0, scene.Map.Height);
        before.Load(older, 0, scene.Map.Height);
        var pair = new PairedRows(before, new AffineMapping(Affine.Identity, Affine.Identity.Shifted(0.5, 0.5)));
        var ground = new SceneGround(scene.Map, scene.Area, IsMirrored: false);
        var figures = new ConcurrentDictionary<AreaId, ChangeFigures>();
        Parallel.ForEach(
            scene.Rules.Index.Areas,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => (Filler: new SpanFiller(scene.Map),
                Comparer: new AreaComparer(scene.Area, new PatchBuilder(ground).Of)),
            (area, _, tools) =>
            {
                figures[area.Id] = tools.Comparer.Compare(now, pair, tools.Filler.Fill(area)!);
                return tools;
            },
            _ => { });
        return figures;
    }

    /// <summary>Outlines among figures.</summary>
    public static int Outlined(IReadOnlyDictionary<AreaId, ChangeFigures> figures) =>
        figures.Values.Sum(each => each.GainedPatches.Length + each.LostPatches.Length);
}
