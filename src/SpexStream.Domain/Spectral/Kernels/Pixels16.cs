using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>Sixteen pixels: linear band values not below the floor, and their indices.</summary>
internal struct Pixels16
{
    public Vector512<float> Blue;
    public Vector512<float> Green;
    public Vector512<float> Red;
    public Vector512<float> Nir;
    public Vector512<float> Swir16;
    public Vector512<float> Swir22;
    public Vector512<float> Ndwi;
    public Vector512<float> Ndvi;
    public Vector512<float> Mndwi;

    /// <summary>DN * gain + bias, in two roundings on every machine, and not below the floor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Linear(Vector512<float> dn, float gain, float bias) =>
        Vector512.MaxNative(
            (dn * Vector512.Create(gain)) + Vector512.Create(bias), Vector512.Create(KernelSettings.Floor));
}
