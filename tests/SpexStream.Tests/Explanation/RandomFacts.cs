using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;

namespace SpexStream.Tests.Explanation;

/// <summary>Facts of any kind that may occur, consistent in themselves, from a seed.</summary>
internal static class RandomFacts
{
    private static readonly string[] Sizes =
        ["very tiny", "tiny", "small", "medium", "somewhat large", "large", "huge"];
    private static readonly string[] Rows = ["top", "middle", "bottom"];
    private static readonly string[] Columns = ["left", "center", "right"];

    private static readonly string[] Remarks =
    [
        "NDWI threshold 0.219 from 12 blocks",
        "not screened for cloud",
        "No lake model was used.",
        "haze in 3 of 9 tiles",
    ];

    public static ClassFacts Scene(Random random, bool isStrip = false)
    {
        var width = random.Next(1, 4000);
        var height = random.Next(1, 4000);
        var value = (LandCoverClass)random.Next(3);
        var total = (long)width * height;
        var seen = Visibility(random, total);
        var hasCrs = random.Next(4) > 0;
        var pixelArea = hasCrs ? Math.Pow(10, (random.NextDouble() * 4) - 1) : double.NaN;
        var pixels = Math.Min(seen.Clear, random.Next(5) switch
        {
            0 => 0,
            1 => 1,
            2 => (long)random.Next(2, 50),
            3 => (long)(seen.Clear * random.NextDouble()),
            _ => (long)(seen.Clear * random.NextDouble() * 0.1),
        });
        var partial = value == LandCoverClass.Water && random.Next(2) == 0
            ? Math.Min(random.Next(0, 40), seen.Clear - pixels)
            : 0;
        var extent = new PixelWindow(0, isStrip ? random.Next(5000) : 0, width, height);
        var regions = pixels == 0 ? 0 : (int)Math.Min(pixels, random.Next(1, random.Next(1, 200) + 1));
        var facts = new ClassFacts
        {
            Class = value,
            Extent = extent,
            Pixels = pixels,
            PartialPixels = partial,
            AreaSquareMetres = pixels * pixelArea,
            Visibility = seen,
            RegionCount = isStrip ? null : regions,
            Largest = [],
            MeanConfidence = pixels == 0 ? double.NaN : random.NextDouble() * 100,
            MeanIndex = Means(random),
            Thresholds = Thresholds(random, value),
            Radiometry = (RadiometryLevel)random.Next(3),
            CentreOnEarth = hasCrs ? Earth(random) : null,
            CompletenessPercent = random.Next(3) == 0 ? random.NextDouble() * 100 : 100,
            IsPreliminary = isStrip || random.Next(3) == 0,
            Remarks = [.. Remarks.Where(_ => random.Next(3) == 0)],
        };
        var largest = Regions(random, facts, hasCrs ? pixelArea : double.NaN);
        return facts.RegionCount == 1
            ? facts with
            {
                Largest = largest,
                MeanConfidence = largest[0].MeanConfidence,
                MeanIndex = largest[0].MeanIndex,
            }
            : facts with { Largest = largest };
    }

    private static ImmutableArray<RegionFacts> Regions(Random random, ClassFacts facts, double pixelArea)
    {
        if (facts.RegionCount is not (> 0 and var count))
        {
            return [];
        }

        var shares = Enumerable.Range(0, count).Select(_ => random.NextDouble()).OrderDescending().ToArray();
        var sizes = shares.Select(share => 1 + (long)(share / shares.Sum() * (facts.Pixels - count))).ToArray();
        sizes[0] += facts.Pixels - sizes.Sum();
        return [.. sizes.Take(10).Select((pixels, rank) => Region(random, facts, rank, pixels, pixelArea))];
    }

    private static RegionFacts Region(Random random, ClassFacts facts, int rank, long pixels, double pixelArea)
    {
        var (x, y) = (random.NextDouble(), random.NextDouble());
        var (column, row) = ((int)(x * 3), (int)(y * 3));
        var extent = facts.Extent;
        return new()
        {
            Id = $"scene-{facts.Class.Slug()}-{rank}",
            Class = facts.Class,
            Pixels = pixels,
            AreaSquareMetres = pixels * pixelArea,
            Share = pixels / (double)facts.Visibility.Clear,
            Bounds = new((int)(x * extent.Width), extent.Row + (int)(y * extent.Height), 1, 1),
            Centroid = new(x * extent.Width, extent.Row + (y * extent.Height)),
            CentroidOnEarth = double.IsNaN(pixelArea) ? null : Earth(random),
            TouchesEdge = random.Next(2) == 0,
            MeanConfidence = random.NextDouble() * 100,
            TenthPercentileConfidence = random.Next(101),
            MeanIndex = Means(random),
            Spie = new(
                Sizes[random.Next(Sizes.Length)],
                new(x, y),
                row == 1 && column == 1 ? "center" : $"{Rows[row]}-{Columns[column]}",
                [default, default, default, default]),
        };
    }

    private static VisibilityFacts Visibility(Random random, long total)
    {
        var left = total;
        long Take(int oneIn)
        {
            var taken = random.Next(oneIn) == 0 ? (long)(left * random.NextDouble()) : 0;
            left -= taken;
            return taken;
        }

        var (cloud, shadow, snow, none, nodata) = (Take(2), Take(3), Take(5), Take(4), Take(3));
        var given = none % 3 == 0 ? none : 0;
        return random.Next(30) == 0
            ? new(0, cloud + left, shadow, snow, none, nodata) { GivenUp = given }
            : new(left, cloud, shadow, snow, none, nodata) { GivenUp = given };
    }

    private static ImmutableSortedDictionary<IndexKind, double> Means(Random random) =>
        Enum.GetValues<IndexKind>().Where(_ => random.Next(3) > 0)
            .ToImmutableSortedDictionary(kind => kind, _ => (random.NextDouble() * 2) - 1);

    private static ImmutableArray<NamedThreshold> Thresholds(Random random, LandCoverClass value) =>
        [.. new[] { "NDWI", "NDVI", "NDWI+MNDWI", "Blue over vegetation" }.Where(_ => random.Next(2) == 0)
            .Select(name => new NamedThreshold(value, name, (random.NextDouble() * 2) - 1, random.Next(2) == 0))];

    private static LonLat Earth(Random random) =>
        new((random.NextDouble() * 360) - 180, (random.NextDouble() * 180) - 90);
}
