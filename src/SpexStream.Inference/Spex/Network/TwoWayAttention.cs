namespace SpexStream.Inference.Spex.Network;

/// <summary>Multi-head attention of the mask decoder (Kirillov et al. 2023, appendix A: lightweight mask
/// decoder).</summary>
internal static class TwoWayAttention
{
    /// <summary>Queries [batch, n, hidden] over keys and values [batch, m, hidden].</summary>
    /// <param name="net">Where to write.</param>
    /// <param name="queries">Queries.</param>
    /// <param name="keys">Keys.</param>
    /// <param name="values">Values.</param>
    /// <param name="sizes">Sizes.</param>
    /// <param name="reduction">By how much the inside is narrower.</param>
    /// <param name="softmaxes">How often the softmax is taken, one after the other.</param>
    public static string Attend(
        this NetworkWriter net, string queries, string keys, string values, MaskDecoderSizes sizes, int reduction,
            int softmaxes = 1)
    {
        var inside = sizes.Hidden / reduction;
        var width = inside / sizes.Heads;
        var query = Heads(
            net, net.At("q_proj").Linear(queries, sizes.Hidden, inside), sizes.Heads, width, [0, 2, 1, 3]);
        var key = Heads(net, net.At("k_proj").Linear(keys, sizes.Hidden, inside), sizes.Heads, width, [0, 2, 3, 1]);
        var value = Heads(net, net.At("v_proj").Linear(values, sizes.Hidden, inside), sizes.Heads, width, [0, 2, 1, 3]);
        var scores = net.Node("Div", [net.Node("MatMul", [query, key]), net.Graph.Number(MathF.Sqrt(width))]);
        for (var time = 0; time < softmaxes; time++)
        {
            scores = net.Node("Softmax", [scores], ("axis", -1));
        }

        var mixed = net.Permute(net.Node("MatMul", [scores, value]), 0, 2, 1, 3);
        return net.At("out_proj").Linear(net.Reshape(mixed, 0, -1, inside), inside, sizes.Hidden);
    }

    private static string Heads(NetworkWriter net, string value, int heads, int width, long[] order) =>
        net.Permute(net.Reshape(value, 0, -1, heads, width), order);
}
