namespace SpexStream.Domain.Spectral.Surveys;

/// <summary>When a block of 32 x 32 pixels shows two kinds of ground of which the upper one is the class
/// sought.</summary>
/// <param name="BrightnessRatio">The upper class is darker than this times the lower one, in the band that the class
/// absorbs.</param>
/// <param name="LeastUpperMean">Least mean index of the upper class.</param>
/// <param name="MostUpperNdvi">Mean NDVI that the upper class must stay below; infinite where it does not
/// matter.</param>
internal sealed record BlockCriteria(double BrightnessRatio, double LeastUpperMean, double MostUpperNdvi)
{
    public static BlockCriteria WaterNdwi { get; } = new(0.6, 0, 0);

    public static BlockCriteria WaterMndwi { get; } = new(0.6, 0.2, double.PositiveInfinity);

    public static BlockCriteria VegetationNdvi { get; } = new(1, 0.3, double.PositiveInfinity);
}
