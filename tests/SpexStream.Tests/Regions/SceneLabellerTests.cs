using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;
using Xunit;

namespace SpexStream.Tests.Regions;

public sealed class SceneLabellerTests
{
    public static TheoryData<int, int, int, double> Noises()
    {
        var data = new TheoryData<int, int, int, double>();
        var seed = 100;
        foreach (var density in new[] { 0.02, 0.2, 0.35, 0.41, 0.5, 0.6, 0.8, 0.97 })
        {
            data.Add(++seed, 64, 64, density);
            data.Add(++seed, 131, 197, density);
            data.Add(++seed, 257, 70, density);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Noises))]
    public void Noise_is_labelled_as_by_flood_fill(int seed, int width, int height, double density) =>
        AssertSameAsFloodFill(Mask.Noise(seed, width, height, density), 64);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Large_shapes_are_labelled_as_by_flood_fill(int seed) =>
        AssertSameAsFloodFill(Mask.Shapes(seed, 300, 210, 40), 64);

    [Theory]
    [MemberData(nameof(SpecialMasks.All), MemberType = typeof(SpecialMasks))]
    public void Special_masks_are_labelled_as_by_flood_fill(string name) =>
        AssertSameAsFloodFill(SpecialMasks.Make(name), 64);

    [Theory]
    [InlineData(11, 0.15)]
    [InlineData(12, 0.4)]
    [InlineData(13, 0.6)]
    public void The_tile_size_does_not_show(int seed, double density)
    {
        var mask = Mask.Noise(seed, 290, 270, density);
        Assert.Equal(FactsAsText(mask, 64), FactsAsText(mask, 128));
        Assert.Equal(FactsAsText(mask, 64), FactsAsText(mask, 256));
        Assert.Equal(FactsAsText(mask, 64), FactsAsText(mask, 512));
    }

    [Fact]
    public void A_region_without_a_seed_or_too_small_is_dropped_as_a_whole()
    {
        var mask = Mask.Noise(77, 200, 200, 0.3);
        using var scene = new LabelledScene(mask, 64, new RegionFilter(NeedsSeed: true, MinimumPixels: 5));
        var expected = ReferenceRegion.Find(mask, LandCoverClass.Water)
            .Where(region => region.HasSeed && region.Pixels.Count >= 5).Select(region => region.Id).Order();
        Assert.Equal(expected, scene.Reader().All().Select(facts => facts.Id).Order());
    }

    [Fact]
    public void Open_regions_are_bounded_by_the_border_and_none_stays_open()
    {
        using var scene = new LabelledScene(Mask.Noise(5, 256, 512, 0.3), 64);
        Assert.All(scene.OpenAfterRow, open => Assert.InRange(open, 0, LabelledScene.Classes.Length * 256 / 2));
        Assert.Equal(scene.Grid.Rows, scene.OpenAfterRow.Count);
    }

    [Fact]
    public void A_row_with_a_missing_or_a_doubled_tile_is_refused()
    {
        var mask = new Mask(128, 64);
        using var scene = new LabelledScene(mask, 64);
        using var labeller = new SceneLabeller(
            scene.Grid,
            LabelledScene.Classes.ToDictionary(c => c, _ => RegionFilter.KeepAll),
            new SpillStore(Path.GetTempPath(), long.MaxValue));
        var (left, right) = (scene.Read(new(0, 0)), scene.Read(new(1, 0)));
        Assert.Throws<ArgumentException>(() => labeller.AddRow([left]));
        Assert.Throws<ArgumentException>(() => labeller.AddRow([left, left]));
        Assert.Throws<InvalidOperationException>(labeller.Complete);
        labeller.AddRow([right, left]);
        labeller.Complete().Dispose();
    }

    [Fact]
    public void Pixels_are_counted_by_what_could_be_seen()
    {
        var mask = Mask.Noise(6, 150, 90, 0.4);
        using var scene = new LabelledScene(mask, 64);
        var seen = scene.Regions.Visibility;
        Assert.Equal(150 * 90, seen.Total);
        Assert.Equal(scene.Regions.CodeCounts[CoverCode.Nodata], seen.Nodata);
        Assert.Equal(scene.Regions.CodeCounts[CoverCode.Cloud], seen.Cloud);
        Assert.Equal(scene.Regions.CodeCounts.Take(CoverCode.FirstReason).Sum(), seen.Clear);
    }

    internal static string FactsAsText(Mask mask, int tileSize, long memoryBytes = long.MaxValue)
    {
        using var scene = new LabelledScene(mask, tileSize, null, memoryBytes);
        return string.Join('\n', LabelledScene.Classes.SelectMany(value => scene.Reader(value).All()).Select(AsText));
    }

    private static string AsText(RegionFacts facts) => string.Join(
        ' ',
        facts,
        string.Join(',', facts.MeanIndex.Select(pair => $"{pair.Key}={pair.Value:R}")),
        string.Join(',', facts.Spie.Box)).Replace("ImmutableArray", "", StringComparison.Ordinal);

    private static void AssertSameAsFloodFill(Mask mask, int tileSize)
    {
        using var scene = new LabelledScene(mask, tileSize);
        foreach (var value in LabelledScene.Classes)
        {
            var expected = ReferenceRegion.Find(mask, value).ToDictionary(region => region.Id);
            var actual = scene.Reader(value).All().ToList();
            Assert.Equal(expected.Count, actual.Count);
            Assert.All(actual, facts => AssertSame(expected[facts.Id], facts));
        }
    }

    private static void AssertSame(ReferenceRegion expected, RegionFacts actual)
    {
        var pixels = expected.Pixels;
        Assert.Equal(pixels.Count, actual.Pixels);
        Assert.Equal(pixels.Average(p => p.Column + 0.5), actual.Centroid.X, 9);
        Assert.Equal(pixels.Average(p => p.Row + 0.5), actual.Centroid.Y, 9);
        Assert.Equal((pixels.Min(p => p.Column), pixels.Min(p => p.Row)), (actual.Bounds.Column, actual.Bounds.Row));
        Assert.Equal(
            (pixels.Max(p => p.Column) + 1, pixels.Max(p => p.Row) + 1), (actual.Bounds.Right, actual.Bounds.Bottom));
        Assert.Equal(expected.TouchesEdge, actual.TouchesEdge);
        Assert.Equal(pixels.Average(p => (double)Mask.Confidence(p.Column, p.Row)), actual.MeanConfidence, 9);
        Assert.Equal(expected.TenthPercentile, actual.TenthPercentileConfidence);
        foreach (var kind in LabelledScene.Indices)
        {
            Assert.Equal(
                pixels.Average(p => Mask.Index(kind, p.Column, p.Row) / 10_000.0), actual.MeanIndex[kind], 9);
        }
    }
}
