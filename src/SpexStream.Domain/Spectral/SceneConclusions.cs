using SpexStream.Domain.Backends;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral.Kernels;
using SpexStream.Domain.Spectral.Surveys;

namespace SpexStream.Domain.Spectral;

/// <summary>Turns finished surveys into findings, within the limits that keep a found threshold sane.</summary>
internal static class SceneConclusions
{
    /// <summary>The findings with one more pass behind them; thresholds and remarks are written anew.</summary>
    public static SpectralFindings With(
        SpectralPlan plan, KernelSettings settings, SpectralFindings findings, ISceneSurvey survey)
    {
        var more = survey switch
        {
            DarkObjectSurvey dark => findings with { Dark = dark.Dark(), Bright = dark.Bright() },
            ThresholdSurvey thresholds => WithThresholds(plan, findings, thresholds),
            VegetationSurvey vegetation => WithMedians(
                settings, findings, vegetation, plan.Method is WaterMethod.SwirReflectance or WaterMethod.SwirCounts),
            _ => throw new ArgumentException($"A {survey.GetType().Name} is not of this backend.", nameof(survey)),
        };
        return SpectralReport.Describe(plan, more with { Passes = findings.Passes + 1 });
    }

    private static SpectralFindings WithThresholds(SpectralPlan plan, SpectralFindings findings, ThresholdSurvey survey)
    {
        var (lowest, highest) = plan.IsCalibrated ? (0.30, 0.45) : (0.05, 0.40);
        var more = findings with { VegetationNdvi = Clamp(survey.Ndvi(), lowest, highest) };
        if (plan.IsCalibrated || !plan.Answers(LandCoverClass.Water))
        {
            return more;
        }

        if (plan.Method == WaterMethod.SwirCounts)
        {
            return more with
            {
                WaterNdwi = Clamp(survey.Ndwi(), -0.1, 0.6),
                WaterMndwi = Clamp(survey.Mndwi(), -0.1, 0.5),
            };
        }

        var ndwi = Clamp(survey.Ndwi(), -0.05, 0.6);
        return more with { WaterNdwi = ndwi, WaterNir = ndwi is { } found ? survey.NirBetween(found) : null };
    }

    private static SpectralFindings WithMedians(
        KernelSettings settings, SpectralFindings findings, VegetationSurvey survey, bool swir) =>
        survey.Medians() is { } medians
            ? findings with
            {
                BuiltNdvi = Math.Clamp(0.8 * medians.Ndvi, 0.25, 0.6),
                BuiltBlue = BrighterThan((medians.BlueDn * settings.BlueGain) + settings.BlueBias),
                BuiltSwir = swir ? BrighterThan((medians.SwirDn * settings.Swir22Gain) + settings.Swir22Bias) : null,
            }
            : findings with { BuiltNdvi = 0.3, BuiltBlue = null, BuiltSwir = null };

    private static double BrighterThan(double vegetation) => 1.1 * Math.Max(vegetation, KernelSettings.Floor);

    private static double? Clamp(double? value, double lowest, double highest) =>
        value is { } found ? Math.Clamp(found, lowest, highest) : null;
}
