using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral;
using Xunit;

namespace SpexStream.Tests.Spectral;

public sealed class DswxTests
{
    /// <summary>Reflectance of blue, green, red, nir, swir16, swir22, and the tests b0..b4 that hold.</summary>
    [Theory]
    [InlineData("0.30,0.30,0.40,0.60,0.23,0.25", 0b00001)]
    [InlineData("0.30,0.30,0.40,0.20,0.45,0.60", 0b00010)]
    [InlineData("0.70,0.40,0.20,0.55,0.55,0.10", 0b00100)]
    [InlineData("0.11,0.04,0.03,0.14,0.085,0.12", 0b01000)]
    [InlineData("0.05,0.06,0.04,0.20,0.14,0.09", 0b10000)]
    [InlineData("0.05,0.06,0.04,0.14,0.085,0.09", 0b11000)]
    [InlineData("0.05,0.08,0.06,0.03,0.02,0.01", 0b11111)]
    [InlineData("0.06,0.08,0.09,0.35,0.30,0.20", 0b00000)]
    public void Each_test_of_DSWx_has_its_bit(string reflectance, int expected)
    {
        var planes = Classify(WaterRule.IndexSum, reflectance);

        Assert.Equal(expected, planes.Diagnostics[0] & 0b11111);
    }

    [Fact]
    public void The_Zou_rule_has_the_sixth_bit()
    {
        Assert.Equal(0b111111, Classify(WaterRule.IndexSum, "0.05,0.08,0.06,0.03,0.02,0.01").Diagnostics[0]);
        Assert.Equal(0, Classify(WaterRule.IndexSum, "0.05,0.08,0.05,0.40,0.20,0.10").Diagnostics[0]);
    }

    [Theory]
    [InlineData(WaterRule.IndexSum, "0.05,0.08,0.06,0.03,0.02,0.01", CoverCode.Water)]
    [InlineData(WaterRule.IndexSum, "0.05,0.06,0.07,0.14,0.085,0.09", CoverCode.PartialWater)]
    [InlineData(WaterRule.IndexSum, "0.05,0.05,0.04,0.08,0.07,0.06", CoverCode.DarkLand)]
    [InlineData(WaterRule.IndexSum, "0.04,0.04,0.03,0.07,0.05,0.04", CoverCode.DarkLand)]
    [InlineData(WaterRule.ThreeTests, "0.05,0.07,0.06,0.04,0.06,0.04", CoverCode.Water)]
    [InlineData(WaterRule.ThreeTestsAndZou, "0.05,0.07,0.06,0.04,0.06,0.04", CoverCode.Water)]
    public void Water_partial_water_and_mere_darkness_are_kept_apart(
        WaterRule rule, string reflectance, byte expected) =>
        Assert.Equal(expected, Classify(rule, reflectance).Codes[0]);

    private static ScenePlanes Classify(WaterRule rule, string reflectance)
    {
        var scene = new SyntheticScene(
            1, 1, SyntheticScene.ImageryOf(
                "blue,green,red,nir,swir16,swir22", PixelType.Float32, RadiometryLevel.SurfaceReflectance, 1));
        scene.Set(0, 0, [.. reflectance.Split(',').Select(value => double.Parse(value))]);
        return scene.Classify(new SpectralOptions { WaterRule = rule, Classes = [LandCoverClass.Water] });
    }
}
