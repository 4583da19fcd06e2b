namespace SpexStream.Inference.Spex.Network;

/// <summary>Sizes of the mask decoder.</summary>
public sealed record MaskDecoderSizes
{
    /// <summary>Width of tokens and image features.</summary>
    public required int Hidden { get; init; }

    /// <summary>Hidden width of the layers' perceptrons.</summary>
    public required int Perceptron { get; init; }

    /// <summary>Two-way layers.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 8;

    /// <summary>By how much attention between tokens and image is narrower than the tokens.</summary>
    public int CrossReduction { get; init; } = 2;

    /// <summary>Mask tokens; the first is the one that counts.</summary>
    public int MaskTokens { get; init; } = 4;

    /// <summary>Hidden width of the head that predicts how well a mask fits.</summary>
    public required int FitHidden { get; init; }

    /// <summary>Layers of that head.</summary>
    public int FitDepth { get; init; } = 3;

    /// <summary>Frequencies of the positional encoding; half of <see cref="Hidden"/>.</summary>
    public required int PositionFeatures { get; init; }

    /// <summary>Epsilon of the layers' norms.</summary>
    public float Epsilon { get; init; } = Norms.UsualEpsilon;
}
