using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;

namespace SpexStream.Benchmarks;

/// <summary>All areas on a scene compared with an earlier pass on a grid that lies half a pixel off, and their largest
/// gains and losses outlined in few corners: what a scene would cost of which every area has an alert.
/// </summary>
internal static class ChangeBench
{
    private const int Corners = 12;

    /// <summary>Compares.</summary>
    /// <returns>Outlines that were made.</returns>
    public static int Compare(
        AreaIndex index, GroundMap map, PlanarPixelArea ground, IClassRows newer, IClassRows older,
        int threads)
    {
        var (now, before) = (new RunBand(), new RunBand());
        now.Load(newer, 0, map.Height);
        before.Load(older, 0, map.Height);
        var pair = new PairedRows(before, new AffineMapping(Affine.Identity, Affine.Identity.Shifted(0.5, 0.5)));
        var outlined = 0;
        Parallel.ForEach(
            index.Areas,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => (Filler: new SpanFiller(map), Comparer: new AreaComparer(ground, Simplified), Outlined: 0),
            (area, _, tools) =>
            {
                var found = tools.Comparer.Compare(now, pair, tools.Filler.Fill(area)!);
                return tools with
                {
                    Outlined = tools.Outlined + found.GainedPatches.Length + found.LostPatches.Length,
                };
            },
            tools => Interlocked.Add(ref outlined, tools.Outlined));
        return outlined;
    }

    private static ImmutableArray<ChangePatch> Simplified(ImmutableArray<RegionOutline> outlines) =>
    [
        .. outlines.Select(outline => OutlineSimplifier.AtMost(outline, Corners))
            .Where(outline => !outline.Polygons.IsEmpty)
            .Select(outline => new ChangePatch((long)outline.Area, new([]))),
    ];
}
