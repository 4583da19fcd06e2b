namespace SpexStream.Inference.Spex.Network;

/// <summary>Positions on a grid as random Fourier features (Tancik et al. 2020, section 6.1).</summary>
internal static class PositionalEncoding
{
    /// <summary>Encoding of the grid of an image [batch, channels, rows, columns]: [1, 2 x features, rows, columns].</summary>
    public static string Positions(this NetworkWriter net, string image, int features)
    {
        var graph = net.Graph;
        var columns = net.Reshape(Fractions(net, net.Length(image, 3)), 1, -1, 1);
        var rows = net.Reshape(Fractions(net, net.Length(image, 2)), -1, 1, 1);
        var grid = net.Joined(net.Length(image, 2), net.Length(image, 3), graph.Integers(1));
        var places = net.Node(
            "Concat", [net.Node("Expand", [columns, grid]), net.Node("Expand", [rows, grid])], ("axis", 2));
        var centred = net.Node("Sub", [net.Node("Mul", [places, graph.Number(2)]), graph.Number(1)]);
        var angles = net.Node(
            "Mul",
            [
                net.Node("MatMul", [centred, net.Tensor("shared_embedding.positional_embedding", 2, features)]),
                graph.Number(2 * MathF.PI),
            ]);
        var waves = net.Node("Concat", [net.Node("Sin", [angles]), net.Node("Cos", [angles])], ("axis", 2));
        return net.Node("Unsqueeze", [net.Permute(waves, 2, 0, 1), graph.Integers(0)]);
    }

    // (i + 0.5) / n: the centres of n pixels on a line of length one.
    private static string Fractions(NetworkWriter net, string length) => net.Node(
        "Div",
        [net.Node("Add", [net.ToFloat(net.CountTo(length)), net.Graph.Number(0.5f)]), net.ToFloat(length)]);
}
