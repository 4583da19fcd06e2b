using SpexStream.Inference.Spex.Network;

namespace SpexStream.Inference.Spex.Packs;

/// <summary>Sizes of a whole SPEX model.</summary>
public sealed record SpexSizes
{
    /// <summary>Vision tower.</summary>
    public required VisionSizes Vision { get; init; }

    /// <summary>Hidden width between the vision tower and the language model.</summary>
    public required int ProjectorHidden { get; init; }

    /// <summary>Language model.</summary>
    public required LanguageModelSizes Language { get; init; }

    /// <summary>How many tokens the states of an answer are condensed to.</summary>
    public int CondensedTokens { get; init; } = 4;

    /// <summary>Mask decoder.</summary>
    public required MaskDecoderSizes MaskDecoder { get; init; }
}
