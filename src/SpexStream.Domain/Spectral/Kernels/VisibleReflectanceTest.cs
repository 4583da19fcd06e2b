using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>
/// Water without swir16: NDWI above its threshold, dark enough in the near infrared and not green. Regions without a
/// sure pixel are dropped (hysteresis). Serves calibrated scenes with fixed thresholds and others with found ones.
/// </summary>
internal readonly struct VisibleReflectanceTest : IWaterTest
{
    public static bool HasSwir => false;

    public static bool HasSeeds => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WaterAnswer Decide(in Pixels16 pixels, KernelSettings settings)
    {
        var above = Lanes.Above(pixels.Ndwi, settings.NdwiThreshold);
        // In the blackest water red and nir are both noise, and so is their ratio.
        var notGreen = Lanes.Below(pixels.Ndvi, settings.WaterNdviBelow)
            | Lanes.Below(pixels.Nir, settings.BlackNirBelow);
        var water = above & Lanes.Below(pixels.Nir, settings.WaterNirBelow) & notGreen;
        return new()
        {
            Water = water,
            Partial = Vector512<float>.Zero,
            Seed = water & Lanes.Above(pixels.Ndwi, settings.SeedNdwi) & Lanes.Below(pixels.Nir, settings.SeedNirBelow),
            Margin = Vector512.AndNot(
                Lanes.Margin(pixels.Ndwi, settings.NdwiThreshold, settings.WaterMarginScale),
                Vector512.Xor(above, water)),
            Agreement = Vector512<float>.One,
            Bits = Vector512<int>.Zero,
        };
    }
}
