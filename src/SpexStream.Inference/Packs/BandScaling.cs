namespace SpexStream.Inference.Packs;

/// <summary>How the values of one band become numbers for a model: <c>(clamp(v, Least, Most) - Subtract) / Divide</c>
/// (STAC MLM, "Value Scaling Object").</summary>
public sealed record BandScaling(double Least, double Most, double Subtract, double Divide)
{
    /// <summary>Values as they are.</summary>
    public static BandScaling None { get; } = new(double.NegativeInfinity, double.PositiveInfinity, 0, 1);
}
