using System.Runtime.InteropServices;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Spex.Network;

/// <summary>
/// Attention through ONNX Runtime's GroupQueryAttention: rotation inside, and a cache of fixed length that is bound as
/// past and as present at once, so that a step writes one row of it and copies nothing. Rows of a batch may differ in
/// length.
/// </summary>
internal sealed class GroupedAttention : IAttentionForm
{
    private const string Rows = "cache_positions";
    private readonly LanguageModelSizes _sizes;
    private readonly string _lastIndices;
    private readonly string _totalLength;
    private readonly string _cosines;
    private readonly string _sines;

    /// <summary>Makes the inputs that all layers share.</summary>
    public GroupedAttention(NetworkWriter net, LanguageModelSizes sizes)
    {
        _sizes = sizes;
        _lastIndices = net.Graph.Input("last_indices", ElementType.Int32, "batch");
        _totalLength = net.Graph.Input("total_length", ElementType.Int32, 1);
        _cosines = Table(net, "rotary.cosines", RotaryTables.Cosines(sizes));
        _sines = Table(net, "rotary.sines", RotaryTables.Sines(sizes));
    }

    public string Attend(NetworkWriter net, int layer, string queries, string keys, string values)
    {
        var graph = net.Graph;
        Dimension[] cache = ["batch", _sizes.KeyValueHeads, Rows, _sizes.HeadWidth];
        var pastKey = graph.Input(CacheNames.PastKey(layer), net.ComputeType, cache);
        var pastValue = graph.Input(CacheNames.PastValue(layer), net.ComputeType, cache);
        var output = $"attention.{layer}";
        graph.RuntimeNamed(
            "GroupQueryAttention",
            [
                net.Narrow(queries), net.Narrow(keys), net.Narrow(values), pastKey, pastValue, _lastIndices,
                _totalLength,
                _cosines, _sines,
            ],
            [output, CacheNames.PresentKey(layer), CacheNames.PresentValue(layer)],
            ("num_heads", _sizes.Heads),
            ("kv_num_heads", _sizes.KeyValueHeads),
            ("scale", 1f / MathF.Sqrt(_sizes.HeadWidth)),
            ("do_rotary", 1),
            ("rotary_interleaved", 0));
        graph.Expose(CacheNames.PresentKey(layer), net.ComputeType, cache);
        graph.Expose(CacheNames.PresentValue(layer), net.ComputeType, cache);
        return net.Widen(output);
    }

    private string Table(NetworkWriter net, string name, float[] values)
    {
        var table = net.Graph.Weight(
            name,
            ElementType.Float32,
            [_sizes.Positions, _sizes.HeadWidth / 2],
            stream => stream.Write(MemoryMarshal.AsBytes(values.AsSpan())));
        return net.Narrow(table);
    }
}
