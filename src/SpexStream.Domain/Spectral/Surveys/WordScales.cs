using SpexStream.Domain.Spectral.Kernels;

namespace SpexStream.Domain.Spectral.Surveys;

/// <summary>Words per linear unit: the whole range of a band, from dark object to the brightest ground, fills 16 bits,
/// so
/// that sums of it are exact integers.</summary>
internal readonly record struct WordScales(float Red, float Nir, float Swir16)
{
    private const float Words = 65535;

    public static WordScales Of(SpectralFindings findings) => findings is { Dark: { } dark, Bright: { } bright }
        ? new(Span(dark.Red, bright.Red), Span(dark.Nir, bright.Nir), Span(dark.Swir16, bright.Swir16))
        : new(Words, Words, Words);

    private static float Span(float dark, float bright) => Words / Math.Max(bright - dark, KernelSettings.Floor);
}
