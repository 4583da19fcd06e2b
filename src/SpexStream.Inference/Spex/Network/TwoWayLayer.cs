namespace SpexStream.Inference.Spex.Network;

/// <summary>One layer in which tokens look at the image, and the image at the tokens.</summary>
/// <param name="Sizes">Sizes.</param>
/// <param name="Prompt">The tokens as they were at the start; added to queries wherever attention compares.</param>
/// <param name="Positions">Positional encoding of the image, [1 or batch, places, hidden].</param>
internal sealed record TwoWayLayer(MaskDecoderSizes Sizes, string Prompt, string Positions)
{
    /// <summary>
    /// How often token-to-image attention of the layers takes the softmax. SPEX was trained with two: its caller passes a
    /// similarity of "false" where the library only asks whether there is one.
    /// </summary>
    public int TokenSoftmaxes { get; init; } = 2;

    /// <summary>New queries and keys.</summary>
    public (string Queries, string Keys) Write(NetworkWriter net, string queries, string keys, int layer)
    {
        var name = $"sam.layer{layer}";
        queries = Norm(net, 1, LookAtItself(net.At("self_attn"), queries, name, layer == 0));

        var placed = Sum(net, keys, Positions);
        var fromImage = net.At("cross_attn_token_to_image").Attend(
            Sum(net, queries, Prompt), placed, keys, Sizes, Sizes.CrossReduction, TokenSoftmaxes);
        net.Traced($"{name}.cross_attn_token_to_image", fromImage);
        queries = Norm(net, 2, Sum(net, queries, fromImage));

        var opened = net.Node("Relu", [net.At("mlp.lin1").Linear(queries, Sizes.Hidden, Sizes.Perceptron)]);
        var closed = net.Traced($"{name}.mlp", net.At("mlp.lin2").Linear(opened, Sizes.Perceptron, Sizes.Hidden));
        queries = Norm(net, 3, Sum(net, queries, closed));

        var fromTokens = net.At("cross_attn_image_to_token").Attend(
            placed, Sum(net, queries, Prompt), queries, Sizes, Sizes.CrossReduction);
        net.Traced($"{name}.cross_attn_image_to_token", fromTokens);
        keys = Norm(net, 4, Sum(net, keys, fromTokens));
        return (net.Traced($"{name}.queries", queries), net.Traced($"{name}.keys", keys));
    }

    // The first layer knows no positions yet, and nothing is added to what it gives.
    private string LookAtItself(NetworkWriter net, string queries, string name, bool first)
    {
        var placed = first ? queries : Sum(net, queries, Prompt);
        var own = net.Traced($"{name}.self_attn", net.Attend(placed, placed, queries, Sizes, 1));
        return first ? own : Sum(net, queries, own);
    }

    private string Norm(NetworkWriter net, int number, string value) =>
        net.At($"layer_norm{number}").LayerNorm(value, Sizes.Hidden, Sizes.Epsilon);

    private static string Sum(NetworkWriter net, string left, string right) => net.Node("Add", [left, right]);
}
