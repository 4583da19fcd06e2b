using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Backends;

namespace SpexStream.Domain.Spectral;

/// <summary>What the passes over a scene found: the numbers that the rules could not know before. Immutable, compared
/// by
/// value.</summary>
public sealed record SpectralFindings : ISceneFindings
{
    /// <summary>Passes that these findings rest on.</summary>
    public required int Passes { get; init; }

    /// <summary>Dark object of each band in DN, the 0.1 % percentile (Chavez 1988); null with calibration.</summary>
    public BandValues? Dark { get; init; }

    /// <summary>99.9 % percentile of each band in DN; null with calibration.</summary>
    public BandValues? Bright { get; init; }

    /// <summary>NDWI from which it is water; null where the scene gave no threshold.</summary>
    public double? WaterNdwi { get; init; }

    /// <summary>MNDWI from which it is water; null where the scene gave no threshold.</summary>
    public double? WaterMndwi { get; init; }

    /// <summary>Near infrared, in DN above the dark object, below which it is water; null where it was not
    /// found.</summary>
    public double? WaterNir { get; init; }

    /// <summary>NDVI from which it is vegetation; null where the scene gave no threshold.</summary>
    public double? VegetationNdvi { get; init; }

    /// <summary>NDVI below which it may be built-up; null while not surveyed.</summary>
    public double? BuiltNdvi { get; init; }

    /// <summary>Blue (reflectance, or DN above the dark object) above which it may be built-up; null while not
    /// surveyed,
    /// or without enough vegetation to compare with.</summary>
    public double? BuiltBlue { get; init; }

    /// <summary>The same of swir22, or of swir16 in its place; null without either.</summary>
    public double? BuiltSwir { get; init; }

    /// <inheritdoc/>
    public ImmutableArray<NamedThreshold> Thresholds { get; init; } = [];

    /// <inheritdoc/>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <inheritdoc/>
    public string Fingerprint => string.Create(
        CultureInfo.InvariantCulture,
        $"{Passes};{Dark};{Bright};{WaterNdwi};{WaterMndwi};{WaterNir};{VegetationNdvi};{BuiltNdvi};{BuiltBlue};{BuiltSwir}");

    /// <inheritdoc/>
    public bool Equals(SpectralFindings? other) => other is not null
        && Passes == other.Passes
        && Dark == other.Dark
        && Bright == other.Bright
        && (WaterNdwi, WaterMndwi, WaterNir) == (other.WaterNdwi, other.WaterMndwi, other.WaterNir)
        && (VegetationNdvi, BuiltNdvi) == (other.VegetationNdvi, other.BuiltNdvi)
        && (BuiltBlue, BuiltSwir) == (other.BuiltBlue, other.BuiltSwir)
        && Thresholds.SequenceEqual(other.Thresholds)
        && Remarks.SequenceEqual(other.Remarks);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(
        Passes, Dark, Bright, WaterNdwi, WaterMndwi, WaterNir, VegetationNdvi,
        HashCode.Combine(BuiltNdvi, BuiltBlue, BuiltSwir));
}
