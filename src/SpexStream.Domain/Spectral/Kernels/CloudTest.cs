using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>
/// Cloud, snow and dark land from reflectance. Cloud: bright in blue and above the haze line (after Zhang 2002), not
/// green; or the cirrus band above 0.01 (Zhu 2015). Snow: NDSI (Dozier 1989, Hall 1995) and, against muddy water,
/// bright
/// in red (Gascoin 2019). Each is off where its thresholds are infinite.
/// </summary>
internal static class CloudTest
{
    private const float SnowNir = 0.11f;
    private const float SnowGreen = 0.1f;
    private const float SnowRed = 0.2f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> IsCloud<TWater>(in Pixels16 p, Vector512<float> cirrusDn, KernelSettings s)
        where TWater : struct, IWaterTest
    {
        var thick = Lanes.Above(p.Blue, s.CloudBlue)
            & Lanes.Above(p.Blue - (Vector512.Create(0.5f) * p.Red), s.CloudHaze)
            & Lanes.Below(p.Ndvi, s.CloudNdvi)
            & Lanes.Above(TWater.HasSwir ? p.Swir16 : p.Nir, s.CloudBright);
        return thick | Lanes.Above(Pixels16.Linear(cirrusDn, s.CirrusGain, s.CirrusBias), s.CirrusAbove);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> IsSnow(in Pixels16 p, KernelSettings s) =>
        Lanes.Above(p.Mndwi, s.SnowNdsi) & Lanes.Above(p.Nir, SnowNir) & Lanes.Above(p.Green, SnowGreen)
            & Lanes.Above(p.Red, SnowRed);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> IsDarkLand(in Pixels16 p, Vector512<float> water, KernelSettings s)
    {
        var dark = Lanes.Below(p.Nir, s.DarkNir) & Lanes.Below(p.Blue, s.DarkBlue)
            & Lanes.Below(p.Green, s.DarkGreen) & Lanes.Below(p.Red, s.DarkRed);
        return Vector512.AndNot(dark, water);
    }
}
