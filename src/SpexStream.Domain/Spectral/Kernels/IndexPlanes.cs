using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>Writes the indices times 10000, rounded half away from zero; 0 where there is no sound value.</summary>
internal static unsafe class IndexPlanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TWater>(in Pixels16 p, Vector512<int> code, in RowTarget target, nint i)
        where TWater : struct, IWaterTest
    {
        var defined = Vector512.LessThan(code, Vector512.Create((int)CoverCode.FirstReason))
            | Vector512.Equals(code, Vector512.Create((int)CoverCode.Cloud))
            | Vector512.Equals(code, Vector512.Create((int)CoverCode.SnowIce));
        Lanes.StoreWords(Scaled(p.Ndwi) & defined, target.Ndwi + i);
        Lanes.StoreWords(Scaled(p.Ndvi) & defined, target.Ndvi + i);
        if (TWater.HasSwir)
        {
            Lanes.StoreWords(Scaled(p.Mndwi) & defined, target.Mndwi + i);
            Lanes.StoreWords(Scaled(Lanes.Ratio(p.Swir16, p.Nir)) & defined, target.Ndbi + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Scaled(Vector512<float> index)
    {
        var half = Vector512.CopySign(Vector512.Create(0.5f), index);
        return Vector512.ConvertToInt32Native((index * Vector512.Create(10000f)) + half);
    }
}
