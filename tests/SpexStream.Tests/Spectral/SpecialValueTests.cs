using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral;
using Xunit;

namespace SpexStream.Tests.Spectral;

public sealed class SpecialValueTests
{
    private static readonly SpectralOptions WaterAndVegetation =
        new() { Classes = [LandCoverClass.Water, LandCoverClass.Vegetation] };

    [Fact]
    public void Only_a_pixel_that_is_nodata_in_every_band_is_nodata()
    {
        var codes = Codes(PixelType.UInt16, 0, [0, 0, 0, 0], [700, 700, 300, 0], [400, 800, 0, 100]);

        Assert.Equal([CoverCode.Nodata, CoverCode.Water, CoverCode.Water], codes);
    }

    [Fact]
    public void A_zero_is_a_measurement_where_nothing_is_declared_nodata() =>
        Assert.Equal([CoverCode.UndefinedIndex], Codes(PixelType.UInt16, null, [0, 0, 0, 0]));

    [Fact]
    public void Nodata_may_be_NaN() => Assert.Equal(
        [CoverCode.Nodata, CoverCode.UndefinedIndex],
        Codes(
            PixelType.Float32, double.NaN, [double.NaN, double.NaN, double.NaN, double.NaN],
            [400, 800, 300, double.NaN]));

    [Fact]
    public void A_sample_that_is_no_number_gives_no_answer() => Assert.Equal(
        [CoverCode.UndefinedIndex, CoverCode.UndefinedIndex],
        Codes(PixelType.Float32, null, [double.NaN, 800, 300, 100], [400, 800, double.PositiveInfinity, 100]));

    [Fact]
    public void Two_saturated_bands_of_an_index_give_no_answer_but_one_halves_the_confidence()
    {
        var scene = Scene(PixelType.UInt8, null, 0.004, [10, 255, 40, 255], [10, 255, 40, 20], [10, 250, 40, 20]);
        var planes = scene.Classify(WaterAndVegetation);

        Assert.Equal([CoverCode.Saturated, CoverCode.Water, CoverCode.Water], planes.Codes);
        Assert.Equal([255, 35, 70], planes.Confidence[LandCoverClass.Water].Select(value => (int)value));
        Assert.Equal([0x80, 0x80, 0], planes.Diagnostics.Select(value => (int)value));
    }

    [Fact]
    public void Reflectance_below_zero_is_held_at_the_floor_so_that_no_index_leaves_its_range()
    {
        var scene = Scene(PixelType.Int16, null, 0.0001, [300, 500, 300, -80], [200, -40, 900, 3000]);
        var planes = scene.Classify(WaterAndVegetation);

        Assert.Equal([CoverCode.Water, CoverCode.Vegetation], planes.Codes);
        Assert.All(
            planes.Index.Values.SelectMany(plane => plane),
            value => Assert.InRange(value, (short)-10000, (short)10000));
    }

    [Fact]
    public void What_no_strip_covers_is_nodata()
    {
        var scene = new SyntheticScene(
            64, 64, SyntheticScene.ImageryOf(
                "blue,green,red,nir", PixelType.UInt16, RadiometryLevel.SurfaceReflectance, 1e-4));
        var backend = new SpectralBackend(scene.Imagery, WaterAndVegetation);
        using var pixels = scene.Tile(new(0, 0, 64, 64), backend.ReachPixels);
        pixels.Covered = new PixelWindow(5, 60, 50, 10);
        using var evidence = new TileEvidence(64);

        backend.Classify(pixels, backend.InitialFindings, evidence);
        var planes = new ScenePlanes(64, 64);
        planes.Take(evidence, backend);

        Assert.Equal(
            50 * 4, planes.Codes.Count(code => code == CoverCode.UndefinedIndex));
        Assert.Equal((64 * 64) - (50 * 4), planes.Codes.Count(code => code == CoverCode.Nodata));
        Assert.Equal(CoverCode.UndefinedIndex, planes.Codes[(60 * 64) + 5]);
    }

    [Fact]
    public void Snow_is_told_before_water_and_muddy_water_is_not_snow()
    {
        var scene = new SyntheticScene(
            2, 1, SyntheticScene.ImageryOf(
                "blue,green,red,nir,swir16,swir22", PixelType.UInt16, RadiometryLevel.SurfaceReflectance, 1e-4));
        scene.Set(0, 0, 8200, 8000, 7900, 6900, 800, 700);
        scene.Set(1, 0, 900, 1400, 1500, 1200, 200, 100);

        Assert.Equal([CoverCode.SnowIce, CoverCode.Water], scene.Classify(WaterAndVegetation).Codes);
    }

    [Fact]
    public void Cirrus_hides_the_ground_where_its_band_is_there()
    {
        var scene = new SyntheticScene(
            2, 1, SyntheticScene.ImageryOf(
                "blue,green,red,nir,cirrus", PixelType.UInt16, RadiometryLevel.TopOfAtmosphere, 1e-4));
        scene.Set(0, 0, 900, 800, 700, 3000, 150);
        scene.Set(1, 0, 900, 800, 700, 3000, 20);

        var codes = scene.Classify(WaterAndVegetation).Codes;

        Assert.Equal([CoverCode.Cloud, CoverCode.Vegetation], codes);
    }

    [Fact]
    public void Confidence_next_to_cloud_is_halved_across_the_border_of_tiles()
    {
        var scene = new SyntheticScene(
            128, 64, SyntheticScene.ImageryOf(
                "blue,green,red,nir", PixelType.UInt16, RadiometryLevel.SurfaceReflectance, 1e-4));
        for (var at = 0; at < 128 * 64; at++)
        {
            scene.Set(at % 128, at / 128, 400, 800, 300, 100);
        }

        scene.Set(65, 30, 6000, 6000, 6000, 6000);
        var planes = scene.Classify(WaterAndVegetation);

        Assert.Equal(70, planes.Confidence[LandCoverClass.Water][(30 * 128) + 62]);
        Assert.Equal(35, planes.Confidence[LandCoverClass.Water][(30 * 128) + 63]);
        Assert.Equal(0x40, planes.Diagnostics[(32 * 128) + 63]);
        Assert.Equal(25, planes.Diagnostics.Count(bits => bits != 0));
        Assert.Equal(24, planes.Confidence[LandCoverClass.Water].Count(value => value == 35));
    }

    private static byte[] Codes(PixelType type, double? nodata, params double[][] pixels) =>
        Scene(type, nodata, 1e-4, pixels).Classify(WaterAndVegetation).Codes;

    private static SyntheticScene Scene(PixelType type, double? nodata, double scale, params double[][] pixels)
    {
        var scene = new SyntheticScene(
            pixels.Length, 1, SyntheticScene.ImageryOf(
                "blue,green,red,nir", type, RadiometryLevel.SurfaceReflectance, scale, nodata: nodata));
        for (var column = 0; column < pixels.Length; column++)
        {
            scene.Set(column, 0, pixels[column]);
        }

        return scene;
    }
}
