namespace SpexStream.Inference.Spex.Packs;

/// <summary>Names of a SPEX pack's files.</summary>
public static class SpexPackFiles
{
    /// <summary>Value of <c>spex:kind</c>.</summary>
    public const string Kind = "spex";

    /// <summary>The description.</summary>
    public const string Description = "model.json";

    /// <summary>Pixels to language tokens and mask features.</summary>
    public const string Vision = "vision.onnx";

    /// <summary>Token numbers to embeddings.</summary>
    public const string Embedding = "embedding.onnx";

    /// <summary>Embeddings to logits and states, with grouped attention.</summary>
    public const string Decoder = "decoder.onnx";

    /// <summary>The same in operators of the standard alone; its weights are those of <see cref="Decoder"/>.</summary>
    public const string PlainDecoder = "decoder-plain.onnx";

    /// <summary>States and mask features to mask logits.</summary>
    public const string Mask = "mask.onnx";

    /// <summary>Files of the tokenizer, of which a pack holds those that its source has.</summary>
    public static IReadOnlyList<string> Tokenizer { get; } =
        ["tokenizer.json", "vocab.json", "merges.txt", "tokenizer_config.json", "added_tokens.json",
            "special_tokens_map.json"];

    /// <summary>The graphs.</summary>
    public static IReadOnlyList<string> Graphs { get; } = [Vision, Embedding, Decoder, PlainDecoder, Mask];
}
