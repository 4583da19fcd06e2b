namespace SpexStream.Domain.Spectral;

/// <summary>One sample value per band, in DN; bands that a scene lacks repeat another one.</summary>
public readonly record struct BandValues(float Blue, float Green, float Red, float Nir, float Swir16, float Swir22)
{
    /// <summary>The six values in the order blue, green, red, nir, swir16, swir22.</summary>
    /// <exception cref="ArgumentException">There are not six.</exception>
    public static BandValues From(ReadOnlySpan<float> values) => values.Length == 6
        ? new(values[0], values[1], values[2], values[3], values[4], values[5])
        : throw new ArgumentException($"Six bands are measured, not {values.Length}.", nameof(values));
}
