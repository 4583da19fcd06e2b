namespace SpexStream.Domain.Explanation.Reading;

/// <summary>A bare number of a quantity.</summary>
/// <param name="Value">The number, or percent for a fraction.</param>
/// <param name="Tolerance">How far the true value may lie away.</param>
/// <param name="Length">Tokens.</param>
internal readonly record struct Core(double Value, double Tolerance, int Length)
{
    /// <summary>Whether it is a share in words or as "3/4".</summary>
    public bool IsFraction { get; init; }

    /// <summary>Whether it is the word "one", which may be a pronoun.</summary>
    public bool IsOneInWords { get; init; }

    /// <summary>The multiplier that was read with it.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Whether a multiplier was read with it.</summary>
    public bool Scaled { get; init; }
}
