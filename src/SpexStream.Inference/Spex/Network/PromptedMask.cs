namespace SpexStream.Inference.Spex.Network;

/// <summary>The mask decoder with SPEX's prompts: condensed tokens, and no mask to begin with.</summary>
internal static class PromptedMask
{
    /// <summary>Features [batch, hidden, rows, columns] and prompt tokens [batch, tokens, hidden] to logits and
    /// fit.</summary>
    public static (string Logits, string Fit) Mask(
        this NetworkWriter net, string features, string tokens, MaskDecoderSizes sizes, int masks,
            int tokenSoftmaxes = 2)
    {
        var prompts = net.At("sampromptencoder");
        var positions = prompts.Positions(features, sizes.PositionFeatures);
        net.Traced("image_positional_embedding", positions);
        net.Traced("decoder_in.image_positional_embeddings", positions);
        net.Traced("decoder_in.image_embeddings", features);
        var dense = net.Reshape(prompts.Tensor("no_mask_embed.weight", 1, sizes.Hidden), 1, sizes.Hidden, 1, 1);
        if (net.Wants("decoder_in.dense_prompt_embeddings"))
        {
            net.Traced(
                "decoder_in.dense_prompt_embeddings", net.Node("Expand", [dense, net.Node("Shape", [features])]));
        }

        var sparse = net.Traced("decoder_in.sparse_prompt_embeddings", UnlessZero(net, tokens));
        return net.At("mask_decoder").Decode(
            net.Node("Add", [features, dense]), positions, sparse, sizes, masks, tokenSoftmaxes);
    }

    // Prompt tokens whose sum is exactly zero are left out, as the original's library does.
    private static string UnlessZero(NetworkWriter net, string tokens)
    {
        var graph = net.Graph;
        var sum = net.Node("ReduceSum", [tokens], ("keepdims", 0));
        var some = net.Node("Not", [net.Node("Equal", [sum, graph.Number(0)])]);
        var kept = net.Node(
            "Mul",
            [net.Node("Cast", [some], ("to", (int)Onnx.ElementType.Int64)), net.Length(tokens, 1)]);
        return net.Node("Slice", [tokens, graph.Integers(0), kept, graph.Integers(1)]);
    }
}
