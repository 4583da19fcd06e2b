using System.Globalization;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>How far a value may be from the recorded one: |difference| at most absolute + relative |recorded|.</summary>
internal readonly record struct Tolerance(float Absolute, float Relative)
{
    /// <summary>The same, for integers.</summary>
    public static Tolerance Exact { get; } = new(0, 0);

    /// <summary>Single operators and modules.</summary>
    public static Tolerance Module { get; } = new(1e-5f, 1e-5f);

    /// <summary>Whole networks.</summary>
    public static Tolerance Network { get; } = new(1e-4f, 1e-4f);

    /// <summary>States and logits at the end of the whole chain.</summary>
    public static Tolerance ChainStates { get; } = new(5e-4f, 0);

    /// <summary>Values inside the whole chain, whose size is not bounded by a norm.</summary>
    public static Tolerance ChainInside { get; } = new(5e-4f, 1e-4f);

    /// <summary>Mask logits at the end of the whole chain.</summary>
    public static Tolerance ChainMasks { get; } = new(2e-4f, 0);

    public bool Allows(float recorded, float computed) =>
        MathF.Abs(recorded - computed) <= Absolute + (Relative * MathF.Abs(recorded));

    public override string ToString() => this == Exact
        ? "exact"
        : string.Create(CultureInfo.InvariantCulture, $"abs {Absolute:0.#e+0} rel {Relative:0.#e+0}");
}
