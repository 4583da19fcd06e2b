namespace SpexStream.Inference.Spex.Network;

/// <summary>The mask decoder of "Segment Anything" (Kirillov et al. 2023, appendix A), as SPEX uses it.</summary>
internal static class MaskDecoder
{
    /// <summary>
    /// Mask logits [batch, masks, 4 rows, 4 columns] and their predicted fit [batch, mask tokens].
    /// </summary>
    /// <param name="net">Where to write.</param>
    /// <param name="image">Features with the dense prompt added, [batch, hidden, rows, columns].</param>
    /// <param name="positions">Positional encoding, [1, hidden, rows, columns].</param>
    /// <param name="prompt">Prompt tokens [batch, any number, hidden].</param>
    /// <param name="sizes">Sizes.</param>
    /// <param name="masks">How many masks to draw, from the first on.</param>
    /// <param name="tokenSoftmaxes">See <see cref="TwoWayLayer.TokenSoftmaxes"/>.</param>
    public static (string Logits, string Fit) Decode(
        this NetworkWriter net,
        string image,
        string positions,
        string prompt,
        MaskDecoderSizes sizes,
        int masks,
        int tokenSoftmaxes = 2)
    {
        var tokens = Tokens(net, prompt, sizes);
        var (queries, keys) = Transform(
            net.At("transformer"), tokens, Rows(net, image), Rows(net, positions), sizes, tokenSoftmaxes);
        var picture = Upscale(net, net.ReshapeTo(net.Permute(keys, 0, 2, 1), net.Node("Shape", [image])), sizes);
        var fit = Perceptron(
            net.At("iou_prediction_head"), Row(net, queries, 0), [sizes.Hidden, sizes.FitHidden, sizes.MaskTokens],
                sizes.FitDepth);
        net.Traced("sam.iou_all4", fit);
        return (Draw(net, queries, picture, sizes, masks), fit);
    }

    private static string Tokens(NetworkWriter net, string prompt, MaskDecoderSizes sizes)
    {
        var own = net.Node(
            "Concat",
            [net.Tensor("iou_token.weight", 1, sizes.Hidden),
                net.Tensor("mask_tokens.weight", sizes.MaskTokens, sizes.Hidden)],
            ("axis", 0));
        var batch = net.Joined(net.Length(prompt, 0), net.Graph.Integers(1 + sizes.MaskTokens, sizes.Hidden));
        var repeated = net.Node("Expand", [net.Node("Unsqueeze", [own, net.Graph.Integers(0)]), batch]);
        return net.Node("Concat", [repeated, prompt], ("axis", 1));
    }

    private static (string Queries, string Keys) Transform(
        NetworkWriter net, string tokens, string keys, string positions, MaskDecoderSizes sizes, int tokenSoftmaxes)
    {
        var queries = tokens;
        var layer = new TwoWayLayer(sizes, tokens, positions) { TokenSoftmaxes = tokenSoftmaxes };
        for (var index = 0; index < sizes.Layers; index++)
        {
            (queries, keys) = layer.Write(net.At($"layers.{index}"), queries, keys, index);
        }

        var last = net.At("final_attn_token_to_image").Attend(
            net.Node("Add", [queries, tokens]), net.Node("Add", [keys, positions]), keys, sizes, sizes.CrossReduction);
        net.Traced("sam.final_attn", last);
        queries = net.At("layer_norm_final_attn").LayerNorm(
            net.Node("Add", [queries, last]), sizes.Hidden, Norms.LibraryEpsilon);
        return (net.Traced("sam.transformer.queries", queries), net.Traced("sam.transformer.keys", keys));
    }

    private static string Upscale(NetworkWriter net, string image, MaskDecoderSizes sizes)
    {
        var quarter = sizes.Hidden / 4;
        var first = net.Traced("sam.upscale_conv1", net.At("upscale_conv1").Doubling(image, sizes.Hidden, quarter));
        var normed = net.At("upscale_layer_norm").ChannelNorm(first, quarter);
        net.Traced("sam.upscale_layer_norm", normed);
        var second = net.At("upscale_conv2").Doubling(net.Gelu(normed), quarter, quarter / 2);
        return net.Gelu(net.Traced("sam.upscale_conv2", second));
    }

    // Each mask token becomes one weight per channel of the picture.
    private static string Draw(NetworkWriter net, string queries, string picture, MaskDecoderSizes sizes, int masks)
    {
        var channels = sizes.Hidden / 8;
        var weights = Enumerable.Range(0, masks).Select(mask => net.Traced(
            $"sam.hyper{mask}",
            Perceptron(
                net.At($"output_hypernetworks_mlps.{mask}"),
                Row(net, queries, 1 + mask),
                [sizes.Hidden, sizes.Hidden, channels],
                3))).ToArray();
        var product = net.Node(
            "MatMul", [net.Node("Concat", weights, ("axis", 1)), net.Reshape(picture, 0, 0, -1)]);
        var shape = net.Joined(net.Graph.Integers(0, masks), net.Length(picture, 2), net.Length(picture, 3));
        return net.ReshapeTo(product, shape);
    }

    private static string Perceptron(NetworkWriter net, string value, int[] widths, int depth)
    {
        value = net.Node("Relu", [net.At("proj_in").Linear(value, widths[0], widths[1])]);
        for (var layer = 0; layer < depth - 2; layer++)
        {
            value = net.Node("Relu", [net.At($"layers.{layer}").Linear(value, widths[1], widths[1])]);
        }

        return net.At("proj_out").Linear(value, widths[1], widths[2]);
    }

    // [batch, hidden, rows, columns] to [batch, places, hidden].
    private static string Rows(NetworkWriter net, string image) => net.Permute(net.Reshape(image, 0, 0, -1), 0, 2, 1);

    // One token, its axis kept.
    private static string Row(NetworkWriter net, string tokens, long index) =>
        net.Node("Gather", [tokens, net.Graph.Integers(index)], ("axis", 1));
}
