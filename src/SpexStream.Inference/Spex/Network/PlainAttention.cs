using System.Runtime.InteropServices;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Spex.Network;

/// <summary>
/// Attention in operators of the standard alone, for execution providers without GroupQueryAttention in the wanted number
/// format. The cache grows by concatenation, so it is copied at each step, and all rows of a batch are of one length.
/// </summary>
internal sealed class PlainAttention : IAttentionForm
{
    private const string PastRows = "past_tokens";
    private readonly LanguageModelSizes _sizes;
    private readonly string _cosines;
    private readonly string _sines;
    private readonly string _bias;

    /// <summary>Works out what all layers share: rotations at the new positions, and who may look at whom.</summary>
    public PlainAttention(NetworkWriter net, LanguageModelSizes sizes, string embeddings)
    {
        _sizes = sizes;
        var graph = net.Graph;
        var anyCache = Cache(net, CacheNames.PastKey(0));
        var past = net.Length(anyCache, 2);
        var tokens = net.Length(embeddings, 1);
        var positions = net.Node("Add", [net.CountTo(tokens), past]);
        _cosines = net.Node("Gather", [Table(net, "rotary.cosines", RotaryTables.Cosines(sizes)), positions]);
        _sines = net.Node("Gather", [Table(net, "rotary.sines", RotaryTables.Sines(sizes)), positions]);
        var all = net.CountTo(net.Node("Add", [past, tokens]));
        var later = net.Node("Less", [net.Node("Unsqueeze", [positions, graph.Integers(1)]), all]);
        _bias = net.Node("Where", [later, graph.Number(float.MinValue), graph.Number(0)]);
    }

    public string Attend(NetworkWriter net, int layer, string queries, string keys, string values)
    {
        var (heads, shared, width) = (_sizes.Heads, _sizes.KeyValueHeads, _sizes.HeadWidth);
        var scaled = net.Node("Mul", [queries, net.Graph.Number(1f / MathF.Sqrt(width))]);
        var query = Rotated(net, Split(net, scaled, heads));
        var key = Extended(net, CacheNames.PastKey(layer), CacheNames.PresentKey(layer), Rotated(net, Split(net, keys, shared)));
        var value = Extended(net, CacheNames.PastValue(layer), CacheNames.PresentValue(layer), Split(net, values, shared));

        // The queries that share a key head stand one below the other, so that no key is repeated.
        var together = net.Reshape(query, 0, shared, -1, width);
        var scores = net.Widen(net.Node("MatMul", [net.Narrow(together), net.Permute(key, 0, 1, 3, 2)]));
        var grouped = net.ReshapeTo(
            scores,
            net.Joined(
                net.Graph.Integers(0, shared, heads / shared), net.Length(queries, 1), net.Length(key, 2)));
        var shares = net.Node("Softmax", [net.Node("Add", [grouped, _bias])], ("axis", -1));
        var flat = net.ReshapeTo(shares, net.Node("Shape", [scores]));
        var mixed = net.Widen(net.Node("MatMul", [net.Narrow(flat), value]));
        var back = net.ReshapeTo(
            mixed, net.Joined(net.Graph.Integers(0, heads), net.Length(queries, 1), net.Graph.Integers(width)));
        return net.Reshape(net.Permute(back, 0, 2, 1, 3), 0, -1, heads * width);
    }

    private string Split(NetworkWriter net, string value, int heads) =>
        net.Permute(net.Reshape(value, 0, -1, heads, _sizes.HeadWidth), 0, 2, 1, 3);

    // (a, b) to (a cos - b sin, b cos + a sin), a and b being the halves of a head.
    private string Rotated(NetworkWriter net, string value)
    {
        var halves = _sizes.HeadWidth / 2;
        var first = net.Node("Slice", [value, net.Graph.Integers(0), net.Graph.Integers(halves), net.Graph.Integers(3)]);
        var second = net.Node(
            "Slice", [value, net.Graph.Integers(halves), net.Graph.Integers(2 * halves), net.Graph.Integers(3)]);
        var left = net.Node("Sub", [net.Node("Mul", [first, _cosines]), net.Node("Mul", [second, _sines])]);
        var right = net.Node("Add", [net.Node("Mul", [second, _cosines]), net.Node("Mul", [first, _sines])]);
        return net.Node("Concat", [left, right], ("axis", 3));
    }

    private string Extended(NetworkWriter net, string pastName, string presentName, string added)
    {
        var past = pastName == CacheNames.PastKey(0) ? pastName : Cache(net, pastName);
        net.Graph.Named("Concat", [past, net.Narrow(added)], [presentName], ("axis", 2));
        net.Graph.Expose(presentName, net.ComputeType, "batch", _sizes.KeyValueHeads, "all_tokens", _sizes.HeadWidth);
        return presentName;
    }

    private string Cache(NetworkWriter net, string name) =>
        net.Graph.Input(name, net.ComputeType, "batch", _sizes.KeyValueHeads, PastRows, _sizes.HeadWidth);

    private string Table(NetworkWriter net, string name, float[] values) => net.Graph.Weight(
        name,
        ElementType.Float32,
        [_sizes.Positions, _sizes.HeadWidth / 2],
        stream => stream.Write(MemoryMarshal.AsBytes(values.AsSpan())));
}
