using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral;
using Xunit;

namespace SpexStream.Tests.Spectral;

public sealed class KernelTests
{
    private const string FourBands = "blue,green,red,nir";
    private const string FiveBands = "blue,green,red,nir,swir16";
    private const string SixBands = "nir,swir22,blue,other,green,swir16,red";

    public static TheoryData<string, PixelType, RadiometryLevel, WaterRule> Cases()
    {
        var cases = new TheoryData<string, PixelType, RadiometryLevel, WaterRule>();
        foreach (var type in Enum.GetValues<PixelType>())
        {
            foreach (var level in Enum.GetValues<RadiometryLevel>())
            {
                cases.Add(FourBands, type, level, WaterRule.IndexSum);
                cases.Add(SixBands, type, level, WaterRule.IndexSum);
            }

            cases.Add(FiveBands, type, RadiometryLevel.SurfaceReflectance, WaterRule.ThreeTests);
            cases.Add(SixBands, type, RadiometryLevel.TopOfAtmosphere, WaterRule.ThreeTestsAndZou);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_vector_kernel_says_what_the_plain_rules_say(
        string bands, PixelType type, RadiometryLevel level, WaterRule rule)
    {
        var scene = RandomScene(bands, type, level, seed: 20260801);
        var backend = new SpectralBackend(scene.Imagery, new() { WaterRule = rule });
        var findings = scene.Survey(backend, 64, 1);

        var planes = scene.Classify(backend, findings, 64);

        planes.ShouldEqual(new ScalarReference(scene, (SpectralFindings)findings, rule).Classify());
    }

    [Fact]
    public void The_random_scenes_reach_every_kind_of_answer()
    {
        var codes = new HashSet<byte>();
        foreach (var bands in new[] { FourBands, SixBands })
        {
            foreach (var level in Enum.GetValues<RadiometryLevel>())
            {
                var scene = RandomScene(bands, PixelType.UInt16, level, seed: 20260801);
                codes.UnionWith(scene.Classify(new SpectralOptions()).Codes);
            }
        }

        var classes = codes.Where(code => code < CoverCode.FirstReason).Aggregate(0, (all, code) => all | code);
        Assert.Equal(0x1F, classes);
        Assert.Superset(
            new HashSet<byte>
            {
                CoverCode.Nodata, CoverCode.Cloud, CoverCode.SnowIce, CoverCode.Saturated, CoverCode.UndefinedIndex,
            },
            codes);
    }

    /// <summary>Patches of water, plants, bare ground, cloud and snow with much noise, and odd values strewn
    /// in.</summary>
    private static SyntheticScene RandomScene(string bands, PixelType type, RadiometryLevel level, int seed)
    {
        var most = type.Saturation() ?? 40000;
        var bright = type == PixelType.UInt8 ? 200 : 9000;
        var scene = new SyntheticScene(
            167, 131, SyntheticScene.ImageryOf(
                bands, type, level, level == RadiometryLevel.Uncalibrated ? null : 1.1 / bright, -0.01, nodata: 7));
        var random = new Random(seed);
        // Reflectance in the order blue, green, red, nir, swir16, swir22 and any other.
        double[][] kinds =
        [
            [0.04, 0.07, 0.04, 0.02, 0.01, 0.01, 0], [0.03, 0.06, 0.04, 0.40, 0.2, 0.1, 0],
            [0.15, 0.2, 0.25, 0.3, 0.35, 0.3, 0], [0.6, 0.6, 0.6, 0.7, 0.4, 0.3, 0], [0.8, 0.8, 0.8, 0.7, 0.1, 0.1, 0],
            [0.03, 0.03, 0.03, 0.05, 0.04, 0.03, 0], [0.09, 0.1, 0.09, 0.14, 0.08, 0.06, 0],
        ];
        string[] names = ["blue", "green", "red", "nir", "swir16", "swir22", "other"];
        for (var at = 0; at < scene.Width * scene.Height; at++)
        {
            var patch = (at % scene.Width / 21) + (at / scene.Width / 17 * 3);
            var kind = kinds[(patch + (random.Next(8) == 0 ? 1 : 0)) % kinds.Length];
            var odd = random.Next(40);
            for (var band = 0; band < scene.Samples.Length; band++)
            {
                var name = scene.Imagery.Bands.Names[band];
                var reflectance = kind[Array.IndexOf(names, name)] * (0.5 + random.NextDouble());
                var dn = Math.Round(Math.Min((reflectance + 0.01) * bright / 1.1, most));
                scene.Samples[band][at] = odd switch
                {
                    0 => 7,
                    1 => random.Next(3) == 0 ? 7 : dn,
                    2 => random.Next(2) == 0 ? most : dn,
                    3 => type == PixelType.Int16 ? -20 : 0,
                    4 when type == PixelType.Float32 && random.Next(4) == 0 =>
                        random.Next(2) == 0 ? double.NaN : double.PositiveInfinity,
                    _ => dn,
                };
            }
        }

        return scene;
    }
}
