using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Synthesis;

/// <summary>
/// What a piece of ground looks like and what it is: reflectance of blue, green, red, nir, swir16, swir22 (0..1), then
/// the green cover and the sealed share (0..1). Mixing two covers mixes their truth in the same operation, so that a
/// mixed pixel always knows of what it was mixed.
/// </summary>
internal readonly record struct Cover(Vector256<float> Lanes)
{
    /// <summary>Bands in front of the two shares.</summary>
    public const int Bands = 6;

    /// <summary>Share of the ground under green leaves.</summary>
    public float Green => Lanes.GetElement(6);

    /// <summary>Share of the ground under roofs and paving.</summary>
    public float Sealed => Lanes.GetElement(7);

    /// <summary>A cover from its numbers.</summary>
    public static Cover Of(
        float blue, float green, float red, float nir, float swir16, float swir22, float leaves = 0, float paved = 0) =>
        new(Vector256.Create(blue, green, red, nir, swir16, swir22, leaves, paved));

    /// <summary>This cover with a share (0..1) of it replaced by another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cover Mix(Cover other, float share) => new(Lanes + ((other.Lanes - Lanes) * share));

    /// <summary>The same ground, brighter or darker in every band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cover Lit(float factor) =>
        new(Lanes * Vector256.Create(factor, factor, factor, factor, factor, factor, 1, 1));

    /// <summary>The same ground with a factor of its own for each band; the shares should have factor 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cover Lit(Cover factors) => new(Lanes * factors.Lanes);

    /// <summary>The same ground with light added to each band; the shares should have 0 added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cover Plus(Cover light, float amount) => new(Lanes + (light.Lanes * amount));
}
