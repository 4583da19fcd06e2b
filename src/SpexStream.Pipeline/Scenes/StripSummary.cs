using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Products;

namespace SpexStream.Pipeline.Scenes;

/// <summary>The preliminary facts of a strip, from the tiles that hold its rows.</summary>
internal static class StripSummary
{
    public static ImmutableArray<ClassFacts> Of(
        SceneWorkshop workshop, SceneState state, StripEntry strip, TileStore tiles, ISceneFindings findings,
            SceneGround? ground)
    {
        var grid = state.Grid;
        Span<long> counts = stackalloc long[256];
        var totals = workshop.Options.Classes.ToDictionary(value => value, _ => new ClassTotals());
        var areas = new double[workshop.Options.Classes.Length];
        Span<long> row = stackalloc long[256];
        var answers = new List<TileAnswer>();
        for (var tileRow = strip.RowOffset / grid.TileSize; tileRow * grid.TileSize < strip.Bottom; tileRow++)
        {
            foreach (var tile in grid.Row(tileRow))
            {
                var answer = tiles.Answer(tile);
                var result = answer.Result;
                if (!answer.Texts.IsEmpty)
                {
                    answers.Add(answer);
                }

                var rows = result.Core.Intersect(new PixelWindow(0, strip.RowOffset, grid.Width, strip.Height));
                row.Clear();
                result.Runs.AddCounts(rows.Row - result.Core.Row, rows.Height, row);
                Add(row, counts, areas, workshop.Options.Classes,
                    ground?.Area.SquareMetres(rows.Row + (rows.Height / 2)) ?? double.NaN);
                foreach (var (value, total) in totals)
                {
                    total.Add(result.Of(value));
                }
            }
        }

        var extent = new PixelWindow(0, strip.RowOffset, grid.Width, strip.Height);
        var said = TileTexts.OfLargest(answers);
        var visibility = SceneRegions.VisibilityOf(counts);
        var facts = ImmutableArray.CreateBuilder<ClassFacts>();
        for (var i = 0; i < workshop.Options.Classes.Length; i++)
        {
            var value = workshop.Options.Classes[i];
            facts.Add(new ClassFacts
            {
                Class = value,
                Extent = extent,
                Pixels = PixelsOf(counts, CoverCode.RegionBit(value)),
                PartialPixels = value == LandCoverClass.Water ? PixelsOf(counts, CoverCode.PartialWater) : 0,
                AreaSquareMetres = areas[i],
                Visibility = visibility,
                RegionCount = null,
                Largest = [],
                // Tiles reach beyond the strip by less than a tile: the mean of a preliminary summary may.
                MeanConfidence = totals[value].MeanConfidence,
                MeanIndex = totals[value].MeanIndex(workshop.Backend.Indices),
                Thresholds = [.. findings.Thresholds.Where(threshold => threshold.Class == value)],
                Radiometry = workshop.Scene.Imagery.Radiometry.Level,
                CentreOnEarth = ground?.Map.At(extent.Width / 2.0, extent.Row + (extent.Height / 2.0)),
                CompletenessPercent = state.CompletenessPercent,
                IsPreliminary = true,
                Said = said.GetValueOrDefault(value),
                Remarks = findings.Remarks,
            });
        }

        return facts.ToImmutable();
    }

    private static void Add(
        ReadOnlySpan<long> row, Span<long> counts, double[] areas, ImmutableArray<LandCoverClass> classes,
            double pixelArea)
    {
        for (var code = 0; code < row.Length; code++)
        {
            counts[code] += row[code];
        }

        for (var i = 0; i < areas.Length; i++)
        {
            areas[i] += PixelsOf(row, CoverCode.RegionBit(classes[i])) * pixelArea;
        }
    }

    private static long PixelsOf(ReadOnlySpan<long> counts, byte bit)
    {
        long sum = 0;
        for (var code = 0; code < CoverCode.FirstReason; code++)
        {
            sum += (code & bit) != 0 ? counts[code] : 0;
        }

        return sum;
    }
}
