using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>
/// Classifies one row, sixteen pixels at a time: nodata, saturated, not defined, cloud, snow, water, vegetation,
/// built-up, in this order. Plain single-precision steps without fused multiply-add, so that every machine and every
/// tile size gives the same bits.
/// </summary>
internal static unsafe class CoverKernel<TSample, TWater>
    where TSample : struct, ISample
    where TWater : struct, IWaterTest
{
    /// <summary>Reads and writes whole steps of sixteen pixels, up to 15 beyond <paramref name="width"/>.</summary>
    public static void Row(in RowSource source, in RowTarget target, KernelSettings settings, int width)
    {
        for (nint i = 0; i < width; i += Lanes.Count)
        {
            Step(source, target, settings, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(in RowSource source, in RowTarget target, KernelSettings s, nint i)
    {
        var blueDn = TSample.Load(source.Blue, i);
        var greenDn = TSample.Load(source.Green, i);
        var redDn = TSample.Load(source.Red, i);
        var nirDn = TSample.Load(source.Nir, i);
        var swirDn = TWater.HasSwir ? TSample.Load(source.Swir16, i) : Vector512<float>.Zero;
        var swir22Dn = TWater.HasSwir ? TSample.Load(source.Swir22, i) : Vector512<float>.Zero;

        Pixels16 p = default;
        p.Blue = Pixels16.Linear(blueDn, s.BlueGain, s.BlueBias);
        p.Green = Pixels16.Linear(greenDn, s.GreenGain, s.GreenBias);
        p.Red = Pixels16.Linear(redDn, s.RedGain, s.RedBias);
        p.Nir = Pixels16.Linear(nirDn, s.NirGain, s.NirBias);
        p.Ndwi = Lanes.Ratio(p.Green, p.Nir);
        p.Ndvi = Lanes.Ratio(p.Nir, p.Red);
        if (TWater.HasSwir)
        {
            p.Swir16 = Pixels16.Linear(swirDn, s.Swir16Gain, s.Swir16Bias);
            p.Swir22 = Pixels16.Linear(swir22Dn, s.Swir22Gain, s.Swir22Bias);
            p.Mndwi = Lanes.Ratio(p.Green, p.Swir16);
        }

        var saturation = Saturation.Of<TWater>(greenDn, redDn, nirDn, swirDn, s);
        var floor = Vector512.Create(KernelSettings.Floor);
        var undefined = s.Water
            ? Vector512.Equals(p.Green, floor) & Vector512.Equals(p.Nir, floor)
            : Vector512<float>.Zero;
        if (TSample.MayBeNotFinite)
        {
            // A NaN or an infinity in any band makes the sum of differences from itself NaN.
            var sum = ((blueDn - blueDn) + (greenDn - greenDn)) + ((redDn - redDn) + (nirDn - nirDn))
                + ((swirDn - swirDn) + (swir22Dn - swir22Dn));
            undefined |= ~Vector512.Equals(sum, Vector512<float>.Zero);
        }

        var preset = Lanes.LoadBytes(source.Preset + i);
        var cloud = CloudTest.IsCloud<TWater>(p, TSample.Load(source.Cirrus, i), s);
        var snow = TWater.HasSwir ? CloudTest.IsSnow(p, s) : Vector512<float>.Zero;
        var water = TWater.Decide(p, s);
        var vegetation = Lanes.Above(p.Ndvi, s.VegetationNdvi) & Lanes.Above(p.Nir, s.VegetationNirAbove);
        var green = vegetation;
        vegetation = Vector512.AndNot(vegetation, water.Water);

        var classes = (s.Water
                ? Lanes.Bit(water.Water, CoverCode.Water) | Lanes.Bit(water.Partial, CoverCode.PartialWater)
                : Vector512<int>.Zero)
            | Lanes.Bit(vegetation, CoverCode.Vegetation)
            | Lanes.Bit(CloudTest.IsDarkLand(p, water.Water, s), CoverCode.DarkLand);
        var built = Vector512<float>.Zero;
        if (s.Buildings)
        {
            built = Vector512.AndNot(
                Lanes.Below(p.Ndvi, s.BuiltNdviBelow) & Lanes.Above(p.Blue, s.BuiltBlueAbove), water.Water);
            if (TWater.HasSwir)
            {
                built &= Lanes.Above(p.Swir22, s.BuiltSwirAbove);
            }

            if (s.Texture)
            {
                built &= ~Vector512.Equals(Lanes.LoadBytes(source.Texture + i), Vector512<int>.Zero).AsSingle();
            }

            classes |= Lanes.Bit(built, CoverCode.Buildings);
        }

        var code = Vector512.ConditionalSelect(snow.AsInt32(), Vector512.Create((int)CoverCode.SnowIce), classes);
        code = Vector512.ConditionalSelect(cloud.AsInt32(), Vector512.Create((int)CoverCode.Cloud), code);
        code = Vector512.ConditionalSelect(undefined.AsInt32(), Vector512.Create((int)CoverCode.UndefinedIndex), code);
        code = Vector512.ConditionalSelect(
            saturation.NoAnswer.AsInt32(), Vector512.Create((int)CoverCode.Saturated), code);
        code = Vector512.ConditionalSelect(Vector512.Equals(preset, Vector512<int>.Zero), code, preset);
        Lanes.StoreBytes(code, target.Codes + i);

        var told = Vector512.LessThan(code, Vector512.Create((int)CoverCode.FirstReason));
        if (TWater.HasSeeds)
        {
            Lanes.StoreBytes(
                Lanes.Bit(water.Seed, CoverCode.Water) & told, target.Seeds + i);
        }

        if (target.Diagnostics != null)
        {
            var measured = Vector512.Equals(preset, Vector512<int>.Zero);
            var bits = water.Bits | Lanes.Bit(saturation.Any, 0x80);
            Lanes.StoreBytes(bits & measured, target.Diagnostics + i);
        }

        if (target.Ndvi != null)
        {
            IndexPlanes.Store<TWater>(p, code, target, i);
        }

        ConfidencePlanes.Store(p, water, green, built, saturation, told, s, target, i);
    }
}
