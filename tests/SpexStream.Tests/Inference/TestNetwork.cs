using SpexStream.Inference.Onnx;

namespace SpexStream.Tests.Inference;

/// <summary>Layers of a small network with random weights.</summary>
internal sealed class TestNetwork(string name, int seed)
{
    private readonly Random _random = new(seed);

    public GraphBuilder Graph { get; } = new(name);

    /// <summary>3 x 3, zeros beyond the edge, then ReLU.</summary>
    public string Convolution(string value, int from, int to) => Graph.Node("Relu", [Convolve(value, from, to, 3)]);

    /// <summary>1 x 1, without ReLU.</summary>
    public string Last(string value, int from, int to) => Convolve(value, from, to, 1);

    public string Pool(string value) =>
        Graph.Node("MaxPool", [value], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));

    public string Grow(string value) => Graph.Node(
        "Resize", [value, string.Empty, Graph.Numbers([4], [1, 1, 2, 2])], ("mode", "nearest"),
        ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));

    public string Join(string one, string other) => Graph.Node("Concat", [one, other], ("axis", 1));

    private string Convolve(string value, int from, int to, int edge)
    {
        var scale = MathF.Sqrt(6f / (from * edge * edge));
        var weights = Graph.Numbers([to, from, edge, edge], Values(to * from * edge * edge, scale));
        var bias = Graph.Numbers([to], Values(to, 0.1f));
        long side = edge / 2;
        return Graph.Node("Conv", [value, weights, bias], ("pads", new[] { side, side, side, side }));
    }

    private float[] Values(int count, float scale) =>
        [.. Enumerable.Range(0, count).Select(_ => ((_random.NextSingle() * 2) - 1) * scale)];
}
