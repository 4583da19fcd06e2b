using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Network;

namespace SpexStream.Inference.Spex.Packs;

/// <summary>Holds the graphs of a SPEX pack against the sizes that its description claims, before any runtime sees
/// them.</summary>
internal static class SpexGraphCheck
{
    /// <summary>Metadata of a graph that says whether its weights were trained.</summary>
    public const string Trained = "spex.trained";

    /// <summary>Every input and output that is missing or has another shape, and weights drawn at random that are given
    /// out as trained.</summary>
    /// <param name="name">The graph's file.</param>
    /// <param name="model">The graph.</param>
    /// <param name="description">What the pack says of itself.</param>
    public static IEnumerable<string> Faults(string name, ModelProto model, SpexDescription description)
    {
        if (description.Trained && model.MetadataProps.Any(entry => entry is { Key: Trained, Value: "false" }))
        {
            yield return "its metadata says that it is untrained; model.json says trained";
        }

        var (inputs, outputs) = Expected(name, description.Sizes, description.Input.Bands.Length);
        foreach (var fault in Faults("input", model.Graph.Input, inputs)
            .Concat(Faults("output", model.Graph.Output, outputs)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> Faults(
        string kind, IReadOnlyCollection<ValueInfoProto> found, (string Name, int?[] Lengths)[] expected)
    {
        foreach (var (name, lengths) in expected)
        {
            if (found.FirstOrDefault(value => value.Name == name) is not { } value)
            {
                yield return $"it has no {kind} '{name}'";
            }
            else if (value.Type?.TensorType?.Shape is { } shape
                && !Fits([.. shape.Dim.Select(LengthOf)], lengths))
            {
                yield return $"{kind} '{name}' has the shape {Shown(shape.Dim.Select(LengthOf))}; model.json says "
                    + Shown(lengths.Select(length => (long?)length));
            }
        }
    }

    // An open length fits every one; whether it holds is seen when the graph first runs.
    private static bool Fits(long?[] found, int?[] expected) =>
        found.Length == expected.Length
        && found.Zip(expected).All(pair => pair.First is null || pair.Second is null || pair.First == pair.Second);

    private static ((string Name, int?[] Lengths)[] Inputs, (string Name, int?[] Lengths)[] Outputs) Expected(
        string graph, SpexSizes sizes, int bands)
    {
        var (language, mask) = (sizes.Language, sizes.MaskDecoder);
        int?[] cache = [null, language.KeyValueHeads, null, language.HeadWidth];
        return graph switch
        {
            SpexPackFiles.Vision => (
                [("pixels", [null, bands, null, null])],
                [
                    ("language_tokens", [null, null, language.Hidden]),
                    ("mask_features", [null, sizes.Vision.MaskChannels, null, null]),
                ]),
            SpexPackFiles.Embedding => (
                [("ids", [null, null])], [("embeddings", [null, null, language.Hidden])]),
            SpexPackFiles.Mask => (
                [("pooled", [null, sizes.CondensedTokens, language.Hidden]),
                    ("features", [null, mask.Hidden, null, null])],
                [("logits", [null, 1, null, null]), ("fit", [null, mask.MaskTokens])]),
            _ => (
                [
                    ("embeddings", [null, null, language.Hidden]),
                    ("logit_positions", [null, null]),
                    .. Layers(language, layer => (CacheNames.PastKey(layer), cache)),
                    .. Layers(language, layer => (CacheNames.PastValue(layer), cache)),
                ],
                [
                    ("logits", [null, null, language.Vocabulary]),
                    ("hidden", [null, null, language.Hidden]),
                    .. Layers(language, layer => (CacheNames.PresentKey(layer), cache)),
                    .. Layers(language, layer => (CacheNames.PresentValue(layer), cache)),
                ]),
        };
    }

    private static IEnumerable<(string Name, int?[] Lengths)> Layers(
        LanguageModelSizes sizes, Func<int, (string Name, int?[] Lengths)> one) =>
        Enumerable.Range(0, sizes.Layers).Select(one);

    private static long? LengthOf(TensorShapeProto.Types.Dimension axis) =>
        axis.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue ? axis.DimValue : null;

    private static string Shown(IEnumerable<long?> lengths) =>
        $"[{string.Join(", ", lengths.Select(length => length ?? -1))}]";
}
