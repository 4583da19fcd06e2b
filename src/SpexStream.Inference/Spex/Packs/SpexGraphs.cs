using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Network;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Packs;

/// <summary>The graphs of a SPEX model, under the weights' original names.</summary>
internal static class SpexGraphs
{
    private const string Tower = "model.vision_tower";

    /// <summary>pixels [batch, bands, rows, columns] to language_tokens [batch, tokens, hidden] and mask_features
    /// [batch, channels, rows / 16, columns / 16].</summary>
    public static GraphBuilder Vision(IWeights weights, SpexSizes sizes, Precision precision)
    {
        var graph = new GraphBuilder("vision");
        var net = new NetworkWriter(graph, weights, precision);
        var pixels = graph.Input(
            "pixels", ElementType.Float32, "batch", sizes.Vision.Backbone.Bands, "rows", "columns");
        var (tokens, features) = net.At($"{Tower}.vision_tower.vision_model").Tower(pixels, sizes.Vision);
        var projected = net.At("model.mm_projector").Projector(
            tokens, sizes.Vision.AggregatorHidden, sizes.ProjectorHidden, sizes.Language.Hidden);
        graph.Output("language_tokens", projected, ElementType.Float32, "batch", "tokens", sizes.Language.Hidden);
        graph.Output(
            "mask_features", features, ElementType.Float32, "batch", sizes.Vision.MaskChannels, "grid_rows",
                "grid_columns");
        return graph;
    }

    /// <summary>ids [batch, tokens] to embeddings [batch, tokens, hidden].</summary>
    public static GraphBuilder Embedding(IWeights weights, SpexSizes sizes, Precision precision)
    {
        var (language, graph) = (sizes.Language, new GraphBuilder("embedding"));
        var net = new NetworkWriter(graph, weights, precision).At(LanguageModel.Root);
        var ids = graph.Input("ids", ElementType.Int64, "batch", "tokens");
        var table = net.Kernel(LanguageModel.Embedding, language.Vocabulary, language.Hidden);
        graph.Output(
            "embeddings", net.Widen(net.Node("Gather", [table, ids])), ElementType.Float32, "batch", "tokens",
                language.Hidden);
        return graph;
    }

    /// <summary>See <see cref="LanguageModel.Decoder"/>.</summary>
    public static GraphBuilder Decoder(IWeights weights, SpexSizes sizes, Precision precision, bool grouped)
    {
        var graph = new GraphBuilder("decoder");
        new NetworkWriter(graph, weights, precision).Decoder(sizes.Language, grouped);
        return graph;
    }

    /// <summary>pooled [batch, condensed tokens, hidden] and features to logits [batch, 1, rows, columns] and fit
    /// [batch, mask tokens]. Always in float32: it is small, and decides the edges.</summary>
    public static GraphBuilder Mask(IWeights weights, SpexSizes sizes)
    {
        var graph = new GraphBuilder("mask");
        var net = new NetworkWriter(graph, weights, Precision.Float32).At(Tower);
        var (hidden, mask) = (sizes.Language.Hidden, sizes.MaskDecoder);
        var pooled = graph.Input("pooled", ElementType.Float32, "batch", sizes.CondensedTokens, hidden);
        var features = graph.Input("features", ElementType.Float32, "batch", mask.Hidden, "grid_rows", "grid_columns");
        var tokens = net.At("lan_neck").Condense(pooled, hidden, mask.Hidden);
        var (logits, fit) = net.Mask(features, tokens, mask, 1);
        graph.Output("logits", logits, ElementType.Float32, "batch", 1, "rows", "columns");
        graph.Output("fit", net.Reshape(fit, 0, mask.MaskTokens), ElementType.Float32, "batch", mask.MaskTokens);
        return graph;
    }

    /// <summary>True for a weight that the original trains with, but answers without.</summary>
    public static bool IsUnused(string name, SpexSizes sizes) =>
        name.StartsWith($"{Tower}.sampromptencoder.mask_embed.", StringComparison.Ordinal)
        || name.StartsWith($"{Tower}.sampromptencoder.point_embed.", StringComparison.Ordinal)
        || name.StartsWith($"{Tower}.sampromptencoder.not_a_point_embed.", StringComparison.Ordinal)
        || name is "model.image_newline"
        || (name is "lm_head.weight" && sizes.Language.Tied)
        || name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal)
        || Enumerable.Range(1, sizes.MaskDecoder.MaskTokens - 1).Any(mask => name.StartsWith(
            $"{Tower}.mask_decoder.output_hypernetworks_mlps.{mask}.", StringComparison.Ordinal));
}
