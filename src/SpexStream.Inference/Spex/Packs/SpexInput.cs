using System.Collections.Immutable;

namespace SpexStream.Inference.Spex.Packs;

/// <summary>What the vision graph takes: for each channel a band, as (value - mean) / deviation,
/// where the value is 0..1.</summary>
/// <param name="Bands">Common names of the channels' bands, in order.</param>
/// <param name="SizePixels">Side of the square image that the model was made for.</param>
/// <param name="Mean">Mean of each channel, after scaling.</param>
/// <param name="Deviation">Standard deviation of each channel, after scaling.</param>
public sealed record SpexInput(
    ImmutableArray<string> Bands, int SizePixels, ImmutableArray<float> Mean, ImmutableArray<float> Deviation)
{
    /// <summary>Reflectance that becomes 1 of the scale 0..1, where samples have more than 8 bits.</summary>
    public float WhiteReflectance { get; init; } = 0.3f;

    /// <summary>What the release was trained with: red, green and blue of ImageNet.</summary>
    public static SpexInput Released { get; } =
        new(["red", "green", "blue"], 512, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>Other bands, shifted and scaled by nothing but 0.5.</summary>
    public static SpexInput Of(ImmutableArray<string> bands, int sizePixels) => new(
        bands, sizePixels, [.. bands.Select(_ => 0.5f)], [.. bands.Select(_ => 0.5f)]);
}
