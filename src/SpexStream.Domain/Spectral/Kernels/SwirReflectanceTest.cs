using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>
/// Water from calibrated reflectance with swir16: the five tests of OPERA DSWx-HLS (Jones 2019), the Zou rule
/// (Zou 2018) and the sum of NDWI and MNDWI with AWEInsh &gt; 0 (Feyisa 2014) beside it.
/// </summary>
internal readonly struct SwirReflectanceTest : IWaterTest
{
    public const float SumThreshold = 0.124f;
    public const float SumMarginScale = 1 / 0.4f;
    private const float ShadedGreen = 0.4f;
    private const int DarkTestsOnly = 0b11000;

    public static bool HasSwir => true;

    public static bool HasSeeds => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WaterAnswer Decide(in Pixels16 pixels, KernelSettings settings)
    {
        var (green, nir, swir16, swir22) = (pixels.Green, pixels.Nir, pixels.Swir16, pixels.Swir22);
        var mndwi = pixels.Mndwi;
        var bits = Tests(pixels) & Vector512.Create(settings.TestBits);
        var count = Vector512.ConvertToSingle(CountOf(bits));
        var dswxCount = Vector512.ConvertToSingle(CountOf(bits & Vector512.Create(0b11111)));

        var sum = pixels.Ndwi + mndwi;
        var awei = (Vector512.Create(4f) * (green - swir16))
            - ((Vector512.Create(0.25f) * nir) + (Vector512.Create(2.75f) * swir22));
        var three = Lanes.Above(dswxCount, 2.5f);
        var water = settings.WaterRule switch
        {
            WaterRule.ThreeTests => three,
            WaterRule.ThreeTestsAndZou =>
                three & Vector512.GreaterThan(bits, Vector512.Create(0b11111)).AsSingle(),
            _ => Lanes.Above(sum, SumThreshold) & Lanes.Above(awei, 0),
        };

        // Two tests make partial water. But dark in itself is no sign of water: where only the two tests of darkness
        // hold, and the near infrared is dark or the ground green, a shadow is likelier (0.9 of all cloud shadow).
        var shade = Vector512.Equals(bits & Vector512.Create(0b11111), Vector512.Create(DarkTestsOnly)).AsSingle()
            & (Lanes.Below(nir, settings.DarkNir) | Lanes.Above(pixels.Ndvi, ShadedGreen));
        var partial = Vector512.AndNot(Vector512.AndNot(Lanes.Above(dswxCount, 1.5f), water), shade);

        var agreeing = Vector512.ConditionalSelect(
            water | partial, count * Vector512.Create(settings.ShareOfOneTest),
            Vector512<float>.One - (count * Vector512.Create(settings.ShareOfOneTest)));
        return new()
        {
            Water = water,
            Partial = partial,
            Seed = Vector512<float>.Zero,
            Margin = Vector512.AndNot(
                Lanes.Margin(sum, SumThreshold, SumMarginScale),
                partial | Vector512.Xor(water, Lanes.Above(sum, SumThreshold))),
            Agreement = agreeing,
            Bits = bits,
        };
    }

    /// <summary>b0..b4 and, as b5, the Zou rule. No test divides by the denominator of EVI, which passes
    /// zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Tests(in Pixels16 p)
    {
        var b0 = Lanes.Above(p.Mndwi, 0.124f);
        var b1 = Vector512.GreaterThan(p.Green + p.Red, p.Nir + p.Swir16);
        var awesh = (p.Blue + (Vector512.Create(2.5f) * p.Green))
            - ((Vector512.Create(1.5f) * (p.Nir + p.Swir16)) + (Vector512.Create(0.25f) * p.Swir22));
        var b2 = Lanes.Above(awesh, 0);
        var b3 = Lanes.Above(p.Mndwi, -0.44f) & Lanes.Below(p.Swir16, 0.09f) & Lanes.Below(p.Nir, 0.15f)
            & Lanes.Below(p.Ndvi, 0.7f);
        var b4 = Lanes.Above(p.Mndwi, -0.5f) & Lanes.Below(p.Blue, 0.1f) & Lanes.Below(p.Swir16, 0.3f)
            & Lanes.Below(p.Swir22, 0.1f) & Lanes.Below(p.Nir, 0.25f);

        var evi = Vector512.Create(2.5f) * (p.Nir - p.Red);
        var eviBase = (p.Nir + (Vector512.Create(6f) * p.Red)) - (Vector512.Create(7.5f) * p.Blue)
            + Vector512<float>.One;
        var zou = Lanes.Above(eviBase, 0) & Vector512.LessThan(evi, Vector512.Create(0.1f) * eviBase)
            & (Vector512.GreaterThan(p.Mndwi, p.Ndvi) | Vector512.GreaterThan(p.Mndwi * eviBase, evi));
        return Lanes.Bit(b0, 1) | Lanes.Bit(b1, 2) | Lanes.Bit(b2, 4) | Lanes.Bit(b3, 8) | Lanes.Bit(b4, 16)
            | Lanes.Bit(zou, 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> CountOf(Vector512<int> bits)
    {
        var pairs = bits - (Vector512.ShiftRightLogical(bits, 1) & Vector512.Create(0x15));
        var quads = (pairs & Vector512.Create(0x33)) + (Vector512.ShiftRightLogical(pairs, 2) & Vector512.Create(0x33));
        return (quads + Vector512.ShiftRightLogical(quads, 4)) & Vector512.Create(0x0F);
    }
}
