using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>
/// Water from uncalibrated counts with swir16: NDWI and MNDWI each against a threshold found in the scene. Their
/// excesses may make up for each other, but neither index may fall 0.1 below its threshold.
/// </summary>
internal readonly struct SwirCountsTest : IWaterTest
{
    private const float Slack = 0.1f;

    public static bool HasSwir => true;

    public static bool HasSeeds => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WaterAnswer Decide(in Pixels16 pixels, KernelSettings settings)
    {
        var ndwi = pixels.Ndwi - Vector512.Create(settings.NdwiThreshold);
        var mndwi = pixels.Mndwi - Vector512.Create(settings.MndwiThreshold);
        return new()
        {
            Water = Lanes.Above(ndwi + mndwi, 0) & Lanes.Above(ndwi, -Slack) & Lanes.Above(mndwi, -Slack),
            Partial = Vector512<float>.Zero,
            Seed = Vector512<float>.Zero,
            Margin = (Lanes.Margin(ndwi, 0, settings.WaterMarginScale)
                + Lanes.Margin(mndwi, 0, settings.WaterMarginScale)) * Vector512.Create(0.5f),
            Agreement = Vector512<float>.One,
            Bits = Vector512<int>.Zero,
        };
    }
}
