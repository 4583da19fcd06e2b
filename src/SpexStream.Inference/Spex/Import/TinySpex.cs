using System.Collections.Immutable;
using SpexStream.Inference.Spex.Network;
using SpexStream.Inference.Spex.Packs;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Import;

/// <summary>A SPEX of the smallest size with weights drawn at random: every step of the real one runs, and nothing that
/// it says means anything. Its description says so.</summary>
public static class TinySpex
{
    private const int LeastPositions = 4096;

    // A question about ten regions in tokens of one byte each, with room to spare.
    private const int PromptRoom = 2560;

    /// <summary>Writes the pack.</summary>
    /// <param name="seed">Equal seeds give equal packs.</param>
    /// <param name="folder">The pack; must not exist.</param>
    /// <param name="precision">Number format of the large products.</param>
    /// <param name="sizePixels">Side of its image, a multiple of 16.</param>
    /// <param name="mostNewTokens">Most tokens of an answer; being untrained, it seldom ends one by itself.</param>
    /// <exception cref="IOException">The pack is there already, or cannot be written.</exception>
    public static SpexDescription Write(
        int seed,
        string folder,
        Precision precision = Precision.Float32,
        int sizePixels = 512,
        int mostNewTokens = 32)
    {
        var sizes = Sizes(Math.Max(LeastPositions, (sizePixels / 16 * (sizePixels / 16)) + PromptRoom + mostNewTokens));
        var description = new SpexDescription
        {
            Name = $"spex-tiny-untrained-{seed}",
            Version = "1",
            Trained = false,
            Precision = precision,
            Sizes = sizes,
            Input = SpexInput.Released with { SizePixels = sizePixels },
            Limits = new SpexLimits(
                mostNewTokens, sizes.Language.Positions, [ByteTokenizer.TextEnd, ByteTokenizer.TurnEnd]),
            ClassWords = SpexClassWords.Released,
            Files = ImmutableSortedDictionary<string, string>.Empty,
        };
        return SpexPackWriter.Write(
            new MadeWeights(seed), description, folder, () => { }, ByteTokenizer.Write, _ => { });
    }

    private static SpexSizes Sizes(int positions) => new()
    {
        Vision = new VisionSizes
        {
            Backbone = new InternImageSizes { Channels = 8, Depths = [1, 1, 2, 1], Groups = [1, 2, 4, 8] },
            AggregatorHidden = 48,
            MaskChannels = 32,
        },
        ProjectorHidden = 64,
        Language = new LanguageModelSizes
        {
            Vocabulary = ByteTokenizer.Count,
            Hidden = 64,
            Perceptron = 128,
            Layers = 2,
            Heads = 4,
            KeyValueHeads = 2,
            Tied = true,
            Positions = positions,
        },
        MaskDecoder = new MaskDecoderSizes { Hidden = 32, Perceptron = 64, FitHidden = 32, PositionFeatures = 16 },
    };
}
