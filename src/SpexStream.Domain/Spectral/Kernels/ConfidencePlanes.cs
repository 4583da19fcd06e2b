using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>
/// confidence = round(cap * (0.5 + 0.5 margin) * agreement), 0..100, in the decision for or against a class; halved
/// where
/// a band of its index is saturated, 255 where nothing is told.
/// </summary>
internal static unsafe class ConfidencePlanes
{
    private const int None = 255;
    private const float NdviMarginScale = 1 / 0.2f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(
        in Pixels16 p, in WaterAnswer water, Vector512<float> green, Vector512<float> built, in Saturation saturation,
        Vector512<int> told, KernelSettings s, in RowTarget target, nint i)
    {
        if (target.WaterConfidence != null)
        {
            var value = Of(s.WaterCap, water.Margin, water.Agreement, saturation.HalvesWater);
            Lanes.StoreBytes(
                Vector512.ConditionalSelect(told, value, Vector512.Create(None)), target.WaterConfidence + i);
        }

        if (target.VegetationConfidence != null)
        {
            // Where another test overrules NDVI, its distance from the threshold speaks for the wrong side.
            var overruled = Vector512.Xor(
                Lanes.Above(p.Ndvi, s.VegetationNdvi), Vector512.AndNot(green, water.Water));
            var margin = Vector512.AndNot(Lanes.Margin(p.Ndvi, s.VegetationNdvi, NdviMarginScale), overruled);
            var value = Of(s.VegetationCap, margin, Vector512<float>.One, saturation.HalvesVegetation);
            Lanes.StoreBytes(
                Vector512.ConditionalSelect(told, value, Vector512.Create(None)), target.VegetationConfidence + i);
        }

        if (target.BuildingsConfidence != null)
        {
            var overruled = Vector512.Xor(Lanes.Below(p.Ndvi, s.BuiltNdviBelow), built);
            var margin = Vector512.AndNot(Lanes.Margin(p.Ndvi, s.BuiltNdviBelow, NdviMarginScale), overruled);
            var value = Of(s.BuildingsCap, margin, Vector512<float>.One, saturation.HalvesVegetation);
            Lanes.StoreBytes(
                Vector512.ConditionalSelect(told, value, Vector512.Create(None)), target.BuildingsConfidence + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Of(
        float cap, Vector512<float> margin, Vector512<float> agreement, Vector512<float> halved)
    {
        var half = Vector512.Create(0.5f);
        var value = Lanes.Round(Vector512.Create(cap) * (half + (half * margin)) * agreement);
        return Vector512.ConditionalSelect(halved.AsInt32(), Vector512.ShiftRightLogical(value, 1), value);
    }
}
