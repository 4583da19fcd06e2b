namespace SpexStream.Inference.Spex.Network;

/// <summary>Backbone, aggregator and neck together.</summary>
internal static class VisionTower
{
    /// <summary>Pixels [batch, bands, rows, columns] to tokens for the language model [batch, tokens, hidden], row by row, and
    /// features for the mask decoder [batch, channels, rows, columns].</summary>
    public static (string Tokens, string MaskFeatures) Tower(this NetworkWriter net, string pixels, VisionSizes sizes)
    {
        var stages = net.Backbone(pixels, sizes.Backbone);
        int[] widths = [.. Enumerable.Range(0, stages.Length).Select(sizes.Backbone.Width)];
        var joined = net.At("feat_aggregator").Aggregate(stages, widths, sizes.AggregatorHidden, sizes.NormGroups);
        var tokens = net.Permute(net.Reshape(joined, 0, 0, -1), 0, 2, 1);
        var features = net.At("visionneck").Neck(joined, sizes.AggregatorHidden, sizes.MaskChannels);
        return (net.Traced("llm_feat", tokens), net.Traced("sam_feat_nchw", features));
    }

    /// <summary>Tokens in the width of the language model: two layers with a GELU between.</summary>
    public static string Projector(this NetworkWriter net, string tokens, int inputs, int hidden, int outputs)
    {
        var first = net.Traced("projector.0", net.At("0").Linear(tokens, inputs, hidden));
        return net.Traced("projector.out", net.At("2").Linear(net.Gelu(first), hidden, outputs));
    }
}
