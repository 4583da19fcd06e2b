using System.Collections.Immutable;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Spectral;

/// <summary>What a caller may choose of the spectral backend.</summary>
public sealed record SpectralOptions
{
    /// <summary>The classes that are asked for; at least one. Default: all.</summary>
    public ImmutableArray<LandCoverClass> Classes { get; init; } = LandCoverClasses.All;

    /// <summary>The rule for open water on calibrated scenes with swir16.</summary>
    public WaterRule WaterRule { get; init; } = WaterRule.IndexSum;

    /// <summary>NDVI from which a pixel is vegetation, -1..1; null takes the rule of the radiometry level.</summary>
    public double? VegetationNdvi { get; init; }

    /// <summary>Whether calibrated scenes, too, find their NDVI threshold from the scene (0.30 to 0.45); costs one
    /// pass.
    /// Uncalibrated scenes always do.</summary>
    public bool AdaptiveVegetation { get; init; }

    /// <summary>The planes to fill.</summary>
    public SpectralOutputs Outputs { get; init; } = SpectralOutputs.All;
}
