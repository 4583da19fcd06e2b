using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Spectral;

/// <summary>
/// From which NDVI a pixel is called vegetation. There is no single definition (Sobrino 2004: below 0.2 bare, above 0.5
/// full cover), so the number in force is always named in the product.
/// </summary>
internal static class VegetationRule
{
    public const double Default = 0.20;

    /// <summary>The option, else what the scene gave, else the fixed value of the level. Path radiance lifts red and
    /// lowers NDVI at the top of the atmosphere, hence the lower value there.</summary>
    public static double Threshold(SpectralPlan plan, SpectralFindings findings) =>
        plan.Options.VegetationNdvi ?? findings.VegetationNdvi ?? plan.Imagery.Radiometry.Level switch
        {
            RadiometryLevel.SurfaceReflectance => 0.40,
            RadiometryLevel.TopOfAtmosphere => 0.25,
            _ => Default,
        };
}
