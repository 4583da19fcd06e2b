using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral;
using Xunit;

namespace SpexStream.Tests.Spectral;

public sealed class SpectralPlanTests
{
    [Fact]
    public void Bands_that_serve_no_requested_class_are_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Backend("blue,green,red", RadiometryLevel.SurfaceReflectance));

        Assert.Contains("water needs nir", error.Message, StringComparison.Ordinal);
        Assert.Contains("vegetation needs nir", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_lacks_a_band_is_left_out_with_a_remark()
    {
        var backend = Backend("nir,red,green", RadiometryLevel.SurfaceReflectance);

        Assert.Equal([LandCoverClass.Water, LandCoverClass.Vegetation], backend.AnsweredClasses.ToArray());
        Assert.Contains("No buildings is told: band blue is missing.", backend.InitialFindings.Remarks);
        Assert.Contains(
            "Not screened for cloud, cloud shadow or snow: band blue is missing.", backend.InitialFindings.Remarks);
    }

    [Theory]
    [InlineData("blue,green,red,nir", RadiometryLevel.SurfaceReflectance, WaterMethod.VisibleReflectance, true, 0)]
    [InlineData("blue,green,red,nir,swir16", RadiometryLevel.TopOfAtmosphere, WaterMethod.SwirReflectance, false, 0)]
    [InlineData("blue,green,red,nir", RadiometryLevel.Uncalibrated, WaterMethod.VisibleCounts, true, 2)]
    [InlineData("blue,green,red,nir,swir16", RadiometryLevel.Uncalibrated, WaterMethod.SwirCounts, false, 2)]
    public void Radiometry_and_swir_choose_the_rule(
        string bands, RadiometryLevel level, WaterMethod method, bool seeds, int passes)
    {
        var backend = Backend(bands, level, LandCoverClass.Water, LandCoverClass.Vegetation);

        Assert.Equal(method, backend.Method);
        Assert.Equal(seeds, backend.RequiresSeed(LandCoverClass.Water));
        Assert.False(backend.RequiresSeed(LandCoverClass.Vegetation));
        Assert.Equal(passes, backend.PassCount);
        Assert.Equal(passes + 1, Backend(bands, level).PassCount);
    }

    [Fact]
    public void Only_the_indices_of_the_bands_are_offered()
    {
        Assert.Equal([IndexKind.Ndwi, IndexKind.Ndvi], Indices("blue,green,red,nir"));
        Assert.Equal([IndexKind.Ndvi], Indices("red,nir"));
        Assert.Equal(Enum.GetValues<IndexKind>(), Indices("green,red,nir,swir16"));
    }

    [Fact]
    public void A_chosen_vegetation_threshold_is_used_and_named()
    {
        var scene = new SyntheticScene(
            2, 1, SyntheticScene.ImageryOf("red,nir", PixelType.Float32, RadiometryLevel.SurfaceReflectance, 1));
        scene.Set(0, 0, 0.1, 0.3);
        scene.Set(1, 0, 0.1, 0.4);
        var options = new SpectralOptions { Classes = [LandCoverClass.Vegetation], VegetationNdvi = 0.55 };
        var backend = new SpectralBackend(scene.Imagery, options);

        Assert.Equal([CoverCode.Land, CoverCode.Vegetation], scene.Classify(options).Codes);
        Assert.Contains(new(LandCoverClass.Vegetation, "NDVI", 0.55, true), backend.InitialFindings.Thresholds);
    }

    [Fact]
    public void The_thresholds_of_water_name_the_rule_in_force()
    {
        var imagery = SyntheticScene.ImageryOf(
            "blue,green,red,nir,swir16", PixelType.UInt16, RadiometryLevel.SurfaceReflectance, 1e-4);
        var findings = new SpectralBackend(imagery, new() { WaterRule = WaterRule.ThreeTests }).InitialFindings;

        Assert.Contains(new(LandCoverClass.Water, "DSWx tests", 2, true), findings.Thresholds);
    }

    [Fact]
    public void Findings_of_a_pass_before_the_last_are_preliminary()
    {
        var backend = Backend("blue,green,red,nir", RadiometryLevel.Uncalibrated);

        Assert.Contains(
            backend.InitialFindings.Remarks, remark => remark.StartsWith("Preliminary", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tile_without_the_halo_is_refused()
    {
        var scene = new SyntheticScene(
            64, 64, SyntheticScene.ImageryOf(
                "blue,green,red,nir", PixelType.UInt16, RadiometryLevel.SurfaceReflectance, 1e-4));
        var backend = new SpectralBackend(scene.Imagery, new());
        using var pixels = scene.Tile(new(0, 0, 64, 64), 1);
        using var evidence = new TileEvidence(64);

        Assert.Throws<ArgumentException>(() => backend.Classify(pixels, backend.InitialFindings, evidence));
    }

    private static IndexKind[] Indices(string bands) => [.. Backend(bands, RadiometryLevel.Uncalibrated).Indices];

    private static SpectralBackend Backend(string bands, RadiometryLevel level, params LandCoverClass[] classes) => new(
        SyntheticScene.ImageryOf(bands, PixelType.UInt16, level, level == RadiometryLevel.Uncalibrated ? null : 1e-4),
        classes.Length == 0 ? new() : new() { Classes = [.. classes] });
}
