using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Products;

/// <summary>The final facts of a scene's classes, from its regions.</summary>
internal static class SceneFacts
{
    private const int Largest = 10;

    public static ImmutableArray<ClassFacts> Of(
        AssemblyTask task, SceneRegions regions, RegionPlace place, SceneGround? ground) =>
        WithTexts(
            task,
            [.. task.Workshop.Options.Classes.AsParallel().AsOrdered().Select(
                value => Of(task, regions, place, ground, value))]);

    private static ImmutableArray<ClassFacts> WithTexts(AssemblyTask task, ImmutableArray<ClassFacts> classes)
    {
        if (task.Workshop.Backend is not ILearnedBackend { Speaks: true })
        {
            return classes;
        }

        var said = TileTexts.OfLargest(task.Grid.All().Select(task.Tiles.Answer));
        return [.. classes.Select(facts => facts with { Said = said.GetValueOrDefault(facts.Class) })];
    }

    private static ClassFacts Of(
        AssemblyTask task, SceneRegions scene, RegionPlace place, SceneGround? ground, LandCoverClass value)
    {
        var regions = scene.Of(value);
        var reader = new RegionReader(scene, value, place);
        var totals = new ClassTotals();
        totals.Add(regions);
        return new ClassFacts
        {
            Class = value,
            Extent = task.Grid.Bounds,
            Pixels = totals.Pixels,
            PartialPixels = value == LandCoverClass.Water ? Partial(scene.CodeCounts) : 0,
            AreaSquareMetres = ground is null ? double.NaN : Area(reader, ground.Area),
            Visibility = scene.Visibility,
            RegionCount = regions.Count,
            Largest = [.. regions.Largest(Largest).Select(reader.Facts)],
            MeanConfidence = totals.MeanConfidence,
            MeanIndex = totals.MeanIndex(task.Workshop.Backend.Indices),
            Thresholds = [.. task.Findings.Thresholds.Where(threshold => threshold.Class == value)],
            Radiometry = task.Scene.Imagery.Radiometry.Level,
            CentreOnEarth = ground?.Map.At(task.Grid.Width / 2.0, task.Grid.Height / 2.0),
            CompletenessPercent = task.CompletenessPercent,
            IsPreliminary = false,
            Remarks = [.. task.Findings.Remarks, .. task.Remarks],
        };
    }

    private static long Partial(ImmutableArray<long> counts)
    {
        long sum = 0;
        for (var code = 0; code < CoverCode.FirstReason; code++)
        {
            sum += (code & CoverCode.PartialWater) != 0 ? counts[code] : 0;
        }

        return sum;
    }

    private static double Area(RegionReader reader, IPixelArea area)
    {
        var sum = 0.0;
        for (var rank = 0; rank < reader.Count; rank++)
        {
            foreach (var run in reader.Runs(rank))
            {
                sum += (run.End - run.Start) * area.SquareMetres(run.Row);
            }
        }

        return sum;
    }
}
