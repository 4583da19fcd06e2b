using System.Numerics;
using System.Runtime.CompilerServices;
using SpexStream.Inference.Packs;

namespace SpexStream.Inference.Segmentation;

/// <summary>
/// Samples of one band as numbers for a model: <c>clamp(sample * Gain + Bias, Least, Most)</c> in float32, each step
/// rounded
/// by itself. Gain and bias hold scale and offset of the radiometry and the normalisation in one.
/// </summary>
/// <param name="Plane">Place of the band in the file.</param>
/// <param name="Gain">Factor.</param>
/// <param name="Bias">Summand.</param>
/// <param name="Least">Lower bound of the result.</param>
/// <param name="Most">Upper bound of the result.</param>
internal readonly record struct BandFeed(int Plane, float Gain, float Bias, float Least, float Most)
{
    /// <summary>Puts the radiometry of a band and its normalisation together.</summary>
    public static BandFeed Of(int plane, double scale, double offset, BandScaling scaling)
    {
        double Normal(double value) => (value - scaling.Subtract) / scaling.Divide;
        var (least, most) = (Normal(scaling.Least), Normal(scaling.Most));
        return new(
            plane, (float)(scale / scaling.Divide), (float)Normal(offset), (float)Math.Min(least, most),
                (float)Math.Max(least, most));
    }

    /// <summary>One sample.</summary>
    public float Of(float sample) => Math.Min(Math.Max((sample * Gain) + Bias, Least), Most);

    /// <summary>A vector of samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Of(Vector<float> samples) => Vector.Min(
        Vector.Max((samples * new Vector<float>(Gain)) + new Vector<float>(Bias), new Vector<float>(Least)),
            new Vector<float>(Most));
}
