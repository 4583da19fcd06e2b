namespace SpexStream.Inference.Spex.Network;

/// <summary>Sizes of a Qwen2 language model (Qwen team 2024, "Qwen2 technical report", table 1).</summary>
public sealed record LanguageModelSizes
{
    /// <summary>Known tokens.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Width of a state.</summary>
    public required int Hidden { get; init; }

    /// <summary>Hidden width of the perceptrons.</summary>
    public required int Perceptron { get; init; }

    /// <summary>Layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    public float RotaryBase { get; init; } = 1e6f;

    /// <summary>Epsilon of the norms.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>Whether the output layer is the embedding once more.</summary>
    public required bool Tied { get; init; }

    /// <summary>Most positions that the graph is made for.</summary>
    public required int Positions { get; init; }

    /// <summary>Width of a head.</summary>
    public int HeadWidth => Hidden / Heads;
}
