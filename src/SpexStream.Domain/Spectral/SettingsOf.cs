using System.Numerics;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral.Kernels;

namespace SpexStream.Domain.Spectral;

/// <summary>Turns a plan and what the passes found into the numbers that the kernel compares with.</summary>
internal static class SettingsOf
{
    private const int AllTests = 0b111111;
    private const int TestsWithBlue = 0b110100;
    private const int TestsWithRed = 0b101010;
    private const float CirrusReflectance = 0.01f;
    private const float SnowNdsi = 0.4f;
    private const float DarkNir = 0.10f;
    private const float VegetationNir = 0.10f;
    private const float BlackShareOfNir = 0.2f;
    private const float NdwiMarginScale = 1 / 0.25f;

    public static KernelSettings Build(SpectralPlan plan, BandPlaces places, SpectralFindings findings)
    {
        var settings = Linear(plan, places, findings) with
        {
            SaturatedDn = (float?)plan.Imagery.Type.Saturation() ?? float.NaN,
            Water = plan.Answers(LandCoverClass.Water),
            Vegetation = plan.Answers(LandCoverClass.Vegetation),
            Buildings = plan.Answers(LandCoverClass.Buildings) && findings.BuiltNdvi is not null,
            Texture = plan.UsesTexture && findings.BuiltNdvi is not null,
            BuiltNdviBelow = (float)(findings.BuiltNdvi ?? -2),
            BuiltBlueAbove = (float)(findings.BuiltBlue ?? double.NegativeInfinity),
            BuiltSwirAbove = (float)(findings.BuiltSwir ?? double.NegativeInfinity),
            VegetationNdvi = plan.Answers(LandCoverClass.Vegetation)
                ? (float)VegetationRule.Threshold(plan, findings)
                : 2,
            VegetationNirAbove = plan.IsCalibrated ? VegetationNir : -1,
            DarkNir = plan.IsCalibrated ? DarkNir : -1,
            BuildingsCap = 40,
        };
        return WithWater(plan.ScreensCloud ? WithCloud(settings, plan) : settings, plan, findings);
    }

    /// <summary>For the survey of vegetation, which is needed for built-up even when no one asked for it.</summary>
    public static KernelSettings ForMedians(SpectralPlan plan, KernelSettings settings, SpectralFindings findings) =>
        settings with { Vegetation = true, VegetationNdvi = (float)VegetationRule.Threshold(plan, findings) };

    private static KernelSettings Linear(SpectralPlan plan, BandPlaces places, SpectralFindings findings)
    {
        var (scale, offset) = (plan.Imagery.Radiometry.Scale, plan.Imagery.Radiometry.Offset);
        var dark = findings.Dark;
        float Gain(int place) => plan.IsCalibrated ? (float)scale[place] : 1;
        float Bias(int place, float? darkObject) => plan.IsCalibrated ? (float)offset[place] : -(darkObject ?? 0);
        return new()
        {
            BlueGain = Gain(places.Blue),
            BlueBias = Bias(places.Blue, dark?.Blue),
            GreenGain = Gain(places.Green),
            GreenBias = Bias(places.Green, dark?.Green),
            RedGain = Gain(places.Red),
            RedBias = Bias(places.Red, dark?.Red),
            NirGain = Gain(places.Nir),
            NirBias = Bias(places.Nir, dark?.Nir),
            Swir16Gain = Gain(places.Swir16),
            Swir16Bias = Bias(places.Swir16, dark?.Swir16),
            Swir22Gain = Gain(places.Swir22),
            Swir22Bias = Bias(places.Swir22, dark?.Swir22),
            CirrusGain = Gain(places.Cirrus),
            CirrusBias = Bias(places.Cirrus, null),
        };
    }

    private static KernelSettings WithCloud(KernelSettings settings, SpectralPlan plan)
    {
        var swir = plan.Method == WaterMethod.SwirReflectance;
        // The atmosphere hides the ground from the cirrus band; a surface product of it means nothing.
        var cirrus = plan.Has(BandRole.Cirrus) && plan.Imagery.Radiometry.Level == RadiometryLevel.TopOfAtmosphere;
        // Path radiance fills shadows at the top of the atmosphere, most in blue.
        var clear = plan.Imagery.Radiometry.Level == RadiometryLevel.SurfaceReflectance;
        return settings with
        {
            DarkBlue = clear ? 0.06f : 0.12f,
            DarkGreen = clear ? 0.06f : 0.09f,
            DarkRed = clear ? 0.06f : 0.07f,
            CloudBlue = swir ? 0.16f : 0.20f,
            CloudHaze = swir ? 0.08f : 0.10f,
            CloudNdvi = swir ? 0.35f : 0.30f,
            CloudBright = swir ? 0.10f : 0.15f,
            CirrusAbove = cirrus ? CirrusReflectance : float.PositiveInfinity,
            SnowNdsi = swir ? SnowNdsi : float.PositiveInfinity,
        };
    }

    private static KernelSettings WithWater(KernelSettings settings, SpectralPlan plan, SpectralFindings findings)
    {
        switch (plan.Method)
        {
            case WaterMethod.SwirReflectance:
                var tests = AllTests
                    & ~(plan.Has(BandRole.Blue) ? 0 : TestsWithBlue) & ~(plan.Has(BandRole.Red) ? 0 : TestsWithRed);
                var cap = plan.Has(BandRole.Swir22) ? 100 : 90;
                return settings with
                {
                    WaterRule = plan.EffectiveWaterRule,
                    TestBits = tests,
                    ShareOfOneTest = 1f / BitOperations.PopCount((uint)tests),
                    WaterCap = cap,
                    VegetationCap = cap,
                };
            case WaterMethod.VisibleReflectance:
                return settings with
                {
                    NdwiThreshold = 0,
                    WaterMarginScale = NdwiMarginScale,
                    WaterNirBelow = 0.15f,
                    WaterNdviBelow = 0.1f,
                    BlackNirBelow = 0.02f,
                    SeedNdwi = 0.05f,
                    SeedNirBelow = 0.12f,
                    WaterCap = 70,
                    VegetationCap = 70,
                };
            case WaterMethod.SwirCounts:
                var both = findings is { WaterNdwi: not null, WaterMndwi: not null };
                return settings with
                {
                    NdwiThreshold = both ? (float)findings.WaterNdwi!.Value : 2,
                    MndwiThreshold = both ? (float)findings.WaterMndwi!.Value : 2,
                    WaterMarginScale = both ? NdwiMarginScale : 0,
                    WaterCap = 60,
                    VegetationCap = 60,
                };
            default:
                var known = findings.WaterNdwi is not null;
                return settings with
                {
                    NdwiThreshold = (float)(findings.WaterNdwi ?? 2),
                    WaterMarginScale = known ? NdwiMarginScale : 0,
                    WaterNirBelow = (float)(findings.WaterNir ?? double.PositiveInfinity),
                    BlackNirBelow = (float)(findings.WaterNir ?? 0) * BlackShareOfNir,
                    WaterNdviBelow = plan.Has(BandRole.Red) ? 0.05f : float.PositiveInfinity,
                    SeedNdwi = (float)(findings.WaterNdwi ?? 2) + 0.1f,
                    WaterCap = 50,
                    VegetationCap = 50,
                };
        }
    }
}
