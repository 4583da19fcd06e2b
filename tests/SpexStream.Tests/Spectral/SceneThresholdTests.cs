using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral;
using Xunit;

namespace SpexStream.Tests.Spectral;

public sealed class SceneThresholdTests
{
    private static readonly double[] Water = [60, 70, 45, 15];
    private static readonly double[] Plants = [50, 55, 45, 160];
    private static readonly double[] Soil = [70, 80, 95, 120];

    [Fact]
    public void Blocks_of_water_and_land_give_a_threshold_between_the_two()
    {
        var scene = Scene(128, 128, (column, _) => column / 16 % 2 == 0 ? Water : Plants);
        var findings = Survey(scene);

        var threshold = Assert.NotNull(findings.WaterNdwi);
        Assert.InRange(threshold, -0.3, 0.6);
        Assert.Contains(findings.Thresholds, named => named is { Class: LandCoverClass.Water, Quantity: "NDWI" });
        var codes = scene.Classify(new SpectralOptions()).Codes;
        for (var at = 0; at < codes.Length; at++)
        {
            if (!IsBlack(at % 128, at / 128))
            {
                Assert.Equal(at % 128 / 16 % 2 == 0 ? CoverCode.Water : CoverCode.Vegetation, codes[at]);
            }
        }
    }

    [Fact]
    public void A_scene_of_one_kind_of_ground_has_no_water_threshold_and_no_water()
    {
        var scene = Scene(128, 128, (_, _) => Plants);
        var findings = Survey(scene);

        Assert.Null(findings.WaterNdwi);
        Assert.Contains(findings.Remarks, remark => remark.StartsWith("No water threshold", StringComparison.Ordinal));
        Assert.DoesNotContain(CoverCode.Water, scene.Classify(new SpectralOptions()).Codes);
    }

    [Fact]
    public void Water_and_land_that_never_meet_in_a_block_give_no_threshold() =>
        Assert.Null(Survey(Scene(128, 128, (column, _) => column < 64 ? Water : Plants)).WaterNdwi);

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Fewer_than_three_blocks_may_be_chance(int blocks, bool expected)
    {
        var scene = Scene(
            128, 128, (column, row) => row < 32 && column < blocks * 32 && column % 32 < 16 ? Water : Plants);

        Assert.Equal(expected, Survey(scene).WaterNdwi is not null);
    }

    [Fact]
    public void Two_kinds_of_land_are_not_taken_for_water_and_land() =>
        Assert.Null(Survey(Scene(128, 128, (column, _) => column / 16 % 2 == 0 ? Soil : Plants)).WaterNdwi);

    [Fact]
    public void Soil_and_plants_give_a_vegetation_threshold()
    {
        var threshold = Survey(Scene(128, 128, (column, _) => column / 16 % 2 == 0 ? Soil : Plants)).VegetationNdvi;

        Assert.InRange(Assert.NotNull(threshold), 0.05, 0.40);
    }

    [Fact]
    public void Dark_objects_are_the_thousandth_part_from_below_of_the_valid_samples()
    {
        var scene = Scene(100, 100, (column, row) => [10 + (((row * 100) + column) / 50), 80, 90, 120]);
        scene.Set(0, 0, 1, 1, 1, 1);
        var dark = Assert.NotNull(Survey(scene).Dark);

        // 9999 valid samples, 49 of them 10: the tenth from below is 10, the 9990th is 209.
        Assert.Equal(10, dark.Blue);
        Assert.Equal(209, Survey(scene).Bright!.Value.Blue);
        Assert.Equal(80, dark.Green);
    }

    [Theory]
    [InlineData("blue,green,red,nir", PixelType.UInt8)]
    [InlineData("blue,green,red,nir,swir16,swir22", PixelType.UInt16)]
    [InlineData("blue,green,red,nir", PixelType.Float32)]
    public void Tile_size_and_order_of_merging_change_nothing(string bands, PixelType type)
    {
        var random = new Random(77);
        var imagery = SyntheticScene.ImageryOf(bands, type, RadiometryLevel.Uncalibrated, nodata: 1);
        var scene = new SyntheticScene(300, 210, imagery);
        for (var at = 0; at < 300 * 210; at++)
        {
            var wet = Math.Sin(at % 300 / 17.0) + Math.Sin(at / 300 / 13.0) > 0.4;
            var kind = wet ? Water : random.Next(3) == 0 ? Soil : Plants;
            double[] noisy = [.. kind.Select(value => Math.Round(value * (0.8 + (0.4 * random.NextDouble()))))];
            double[] nothing = [1, 1, 1, 1, 1, 1];
            scene.Set(at % 300, at / 300, random.Next(60) == 0 ? nothing : [.. noisy, noisy[3] / 2, noisy[3] / 3]);
        }

        var backend = new SpectralBackend(imagery, new());
        var findings = scene.Survey(backend, 64, 1);
        var planes = scene.Classify(backend, findings, 64);

        Assert.NotNull(((SpectralFindings)findings).WaterNdwi);
        foreach (var (tileSize, seed) in new[] { (64, 2), (128, 3), (256, 4), (512, 5) })
        {
            var again = scene.Survey(backend, tileSize, seed);
            Assert.Equal(findings, again);
            scene.Classify(backend, again, tileSize).ShouldEqual(planes);
        }
    }

    private static bool IsBlack(int column, int row) => ((row * 7) + column) % 20 == 0;

    private static SpectralFindings Survey(SyntheticScene scene) =>
        (SpectralFindings)scene.Survey(new SpectralBackend(scene.Imagery, new()), 64, 1);

    private static SyntheticScene Scene(int width, int height, Func<int, int, double[]> ground)
    {
        var imagery = SyntheticScene.ImageryOf(
            "blue,green,red,nir", PixelType.UInt8, RadiometryLevel.Uncalibrated, nodata: 1);
        var scene = new SyntheticScene(width, height, imagery);
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                // A black pixel in every twentieth keeps the dark object at the bottom of the range.
                scene.Set(column, row, width == 128 && IsBlack(column, row) ? [2, 2, 2, 2] : ground(column, row));
            }
        }

        return scene;
    }
}
