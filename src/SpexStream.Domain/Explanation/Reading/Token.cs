namespace SpexStream.Domain.Explanation.Reading;

/// <summary>A run of characters of a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">First character.</param>
/// <param name="End">Behind the last character.</param>
/// <param name="Text">In lower case, with plain apostrophes and digits for superscripts.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Text)
{
    /// <summary>Whether a hyphen or dash without blanks ties it to the token before.</summary>
    public bool IsHyphenated { get; init; }

    /// <summary>Whether its first letter is a capital.</summary>
    public bool IsCapital { get; init; }

    /// <summary>Value of a number or ordinal.</summary>
    public double Value { get; init; }

    /// <summary>Half the unit of the last digit that was meant: how far the true value may lie away.</summary>
    public double Tolerance { get; init; }

    /// <summary>Whether it was written without decimals or exponent.</summary>
    public bool IsWhole { get; init; }
}
