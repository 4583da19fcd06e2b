using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>
/// What saturated samples do to the indices: with one of two bands at its maximum an index is only a bound and counts
/// half; with both it says nothing, and no class that needs it is answered.
/// </summary>
internal struct Saturation
{
    public Vector512<float> NoAnswer;
    public Vector512<float> HalvesWater;
    public Vector512<float> HalvesVegetation;
    public Vector512<float> Any;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Saturation Of<TWater>(
        Vector512<float> green, Vector512<float> red, Vector512<float> nir, Vector512<float> swir, KernelSettings s)
        where TWater : struct, IWaterTest
    {
        var limit = Vector512.Create(s.SaturatedDn);
        var g = Vector512.GreaterThanOrEqual(green, limit);
        var r = Vector512.GreaterThanOrEqual(red, limit);
        var n = Vector512.GreaterThanOrEqual(nir, limit);
        var w = TWater.HasSwir ? Vector512.GreaterThanOrEqual(swir, limit) : Vector512<float>.Zero;
        var noAnswer = Vector512<float>.Zero;
        if (s.Water)
        {
            noAnswer |= g & (n | w);
        }

        if (s.Vegetation || s.Buildings)
        {
            noAnswer |= r & n;
        }

        return new() { NoAnswer = noAnswer, HalvesWater = g | n | w, HalvesVegetation = r | n, Any = g | r | n | w };
    }
}
