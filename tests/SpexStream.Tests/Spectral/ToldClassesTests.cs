using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral;
using SpexStream.Tests.Inference;
using Xunit;
using static SpexStream.Domain.LandCover.LandCoverClass;

namespace SpexStream.Tests.Spectral;

/// <summary>Whether the absence of a class from an answer of the rules says anything.</summary>
public sealed class ToldClassesTests
{
    private static readonly SceneImagery Calibrated =
        TestScene.Reflectance(PixelType.UInt16, 0.0001, 0, null, "blue", "green", "red", "nir");

    private static readonly SceneImagery Raw = Calibrated with { Radiometry = Radiometry.Uniform(4, null, null, null) };

    [Fact]
    public void Fixed_thresholds_need_no_look_at_the_scene_and_medians_do()
    {
        var backend = new SpectralBackend(Calibrated, new());
        Assert.Equal([Water, Vegetation], Told(backend, new() { Passes = 0 }));
        Assert.Equal([Water, Vegetation, Buildings], Told(backend, new() { Passes = 1, BuiltNdvi = 0.3 }));
    }

    [Fact]
    public void Without_calibration_a_class_is_told_once_the_scene_has_given_its_threshold()
    {
        var backend = new SpectralBackend(Raw, new());
        Assert.Empty(Told(backend, new() { Passes = 0 }));
        Assert.Equal([Water], Told(backend, new() { Passes = 2, WaterNdwi = 0.3 }));
        Assert.Equal([Vegetation], Told(backend, new() { Passes = 2, VegetationNdvi = 0.3 }));
    }

    [Fact]
    public void A_class_that_the_bands_cannot_give_or_nobody_asked_for_is_not_told()
    {
        var imagery = TestScene.Reflectance(PixelType.UInt16, 0.0001, 0, null, "green", "nir");
        Assert.Equal([Water], Told(new(imagery, new()), new() { Passes = 0 }));
        Assert.Equal(
            [Vegetation], Told(new(Calibrated, new() { Classes = [Vegetation] }), new() { Passes = 0 }));
    }

    private static LandCoverClass[] Told(SpectralBackend backend, SpectralFindings findings) =>
        [.. LandCoverClasses.All.Where(value => backend.Tells(value, findings))];
}
