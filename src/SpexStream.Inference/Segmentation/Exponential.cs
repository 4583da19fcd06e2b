using System.Numerics;
using System.Runtime.CompilerServices;

namespace SpexStream.Inference.Segmentation;

/// <summary>
/// e^x of many numbers at once, in float32. The framework's own computes in double precision, which costs more than
/// the rest
/// of a softmax. Split as 2^n * 2^f with |f| &lt;= 0.5, and 2^f by its Taylor series to the seventh power (Cody and
/// Waite,
/// Software Manual for the Elementary Functions, 1980, chapter 6); relative error below 1e-5 from -87 to 88 (1e-6
/// near 0),
/// clamped beyond. NaN stays NaN.
/// </summary>
internal static class Exponential
{
    private const float Log2E = 1.44269504f;
    private const int MantissaBits = 23;
    private const int ExponentBias = 127;

    /// <summary>e to the power of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Of(Vector<float> x)
    {
        var power = Vector.Min(Vector.Max(x, new Vector<float>(-87f)), new Vector<float>(88f)) * new Vector<float>(
            Log2E);
        var whole = Vector.Floor(power + new Vector<float>(0.5f));
        var f = power - whole;
        var series = new Vector<float>(1.5252734e-5f);
        series = (series * f) + new Vector<float>(1.5403530e-4f);
        series = (series * f) + new Vector<float>(1.3333558e-3f);
        series = (series * f) + new Vector<float>(9.6181291e-3f);
        series = (series * f) + new Vector<float>(5.5504109e-2f);
        series = (series * f) + new Vector<float>(0.24022651f);
        series = (series * f) + new Vector<float>(0.69314718f);
        series = (series * f) + Vector<float>.One;
        var exponent = (Vector.ConvertToInt32(whole) + new Vector<int>(ExponentBias)) << MantissaBits;
        return series * exponent.As<int, float>();
    }
}
