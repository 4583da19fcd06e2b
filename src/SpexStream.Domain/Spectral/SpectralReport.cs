using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral.Kernels;

namespace SpexStream.Domain.Spectral;

/// <summary>Says in a product which thresholds decided and what could not be done.</summary>
internal static class SpectralReport
{
    /// <summary>The findings with their thresholds and remarks written out.</summary>
    public static SpectralFindings Describe(SpectralPlan plan, SpectralFindings findings) => findings with
    {
        Thresholds = [.. WaterThresholds(plan, findings), .. LandThresholds(plan, findings)],
        Remarks = [.. ScreeningRemarks(plan), .. ClassRemarks(plan, findings)],
    };

    private static IEnumerable<NamedThreshold> WaterThresholds(SpectralPlan plan, SpectralFindings findings)
    {
        if (!plan.Answers(LandCoverClass.Water))
        {
            return [];
        }

        static NamedThreshold Above(string quantity, double value) => new(LandCoverClass.Water, quantity, value, true);
        static NamedThreshold Below(string quantity, double value) => new(LandCoverClass.Water, quantity, value, false);
        return plan.Method switch
        {
            WaterMethod.SwirReflectance => plan.EffectiveWaterRule switch
            {
                WaterRule.ThreeTests => [Above("DSWx tests", 2)],
                WaterRule.ThreeTestsAndZou => [Above("DSWx tests", 2), Below("EVI", 0.1)],
                _ => [Above("NDWI+MNDWI", 0.124), Above("AWEInsh", 0)],
            },
            WaterMethod.VisibleReflectance => [Above("NDWI", 0), Below("nir", 0.15), Below("NDVI", 0.1)],
            WaterMethod.SwirCounts => findings is { WaterNdwi: { } ndwi, WaterMndwi: { } mndwi }
                ? [Above("NDWI", ndwi), Above("MNDWI", mndwi)]
                : [],
            _ => findings is { WaterNdwi: { } ndwi, WaterNir: { } nir }
                ? [Above("NDWI", ndwi), Below("nir above dark object", nir), Below("NDVI", 0.05)]
                : [],
        };
    }

    private static IEnumerable<NamedThreshold> LandThresholds(SpectralPlan plan, SpectralFindings findings)
    {
        if (plan.Answers(LandCoverClass.Vegetation))
        {
            yield return new(LandCoverClass.Vegetation, "NDVI", VegetationRule.Threshold(plan, findings), true);
            if (plan.IsCalibrated)
            {
                yield return new(LandCoverClass.Vegetation, "nir", 0.10, true);
            }
        }

        if (findings.BuiltNdvi is { } builtNdvi)
        {
            yield return new(LandCoverClass.Buildings, "NDVI", builtNdvi, false);
            if (findings.BuiltBlue is { } builtBlue)
            {
                yield return new(LandCoverClass.Buildings, "blue", builtBlue, true);
            }

            if (findings.BuiltSwir is { } builtSwir)
            {
                var band = BandSet.NameOf(plan.Has(BandRole.Swir22) ? BandRole.Swir22 : BandRole.Swir16);
                yield return new(LandCoverClass.Buildings, band, builtSwir, true);
            }

            if (plan.UsesTexture)
            {
                yield return new(LandCoverClass.Buildings, "variation of brightness in 5 x 5", 0.12, true);
            }
        }
    }

    private static IEnumerable<string> ScreeningRemarks(SpectralPlan plan)
    {
        if (!plan.IsCalibrated)
        {
            yield return "Not screened for cloud, cloud shadow or snow: the radiometry is not calibrated.";
        }
        else if (!plan.ScreensCloud)
        {
            var missing = plan.Has(BandRole.Blue) ? BandRole.Red : BandRole.Blue;
            yield return $"Not screened for cloud, cloud shadow or snow: band {BandSet.NameOf(missing)} is missing.";
        }
        else if (plan.Method == WaterMethod.VisibleReflectance)
        {
            yield return "Snow cannot be told from cloud without band swir16.";
        }
    }

    private static IEnumerable<string> ClassRemarks(SpectralPlan plan, SpectralFindings findings)
    {
        foreach (var value in plan.Options.Classes.Distinct().Where(value => !plan.Answers(value)))
        {
            var missing = SpectralPlan.NamesOf(SpectralPlan.Missing(plan.Imagery, value));
            yield return $"No {value.Slug()} is told: band {missing} is missing.";
        }

        if (findings.Passes < plan.Passes.Length)
        {
            yield return "Preliminary: the thresholds of the whole scene are not known yet.";
            yield break;
        }

        if (plan.Answers(LandCoverClass.Water) && plan.Method == WaterMethod.SwirReflectance
            && plan.EffectiveWaterRule != plan.Options.WaterRule)
        {
            yield return "The sum of NDWI and MNDWI tells water: the DSWx tests lack a band.";
        }

        if (plan.Answers(LandCoverClass.Water) && !plan.IsCalibrated
            && (findings.WaterNdwi is null || (plan.Method == WaterMethod.SwirCounts && findings.WaterMndwi is null)))
        {
            yield return $"No water threshold: fewer than {Surveys.IndexBlocks.LeastBlocks} blocks of the scene show "
                + "water beside land; no water is told.";
        }

        if (plan.Answers(LandCoverClass.Vegetation) && !plan.IsCalibrated
            && findings.VegetationNdvi is null && plan.Options.VegetationNdvi is null)
        {
            yield return "No NDVI threshold was found in the scene; a default stands in.";
        }
    }
}
