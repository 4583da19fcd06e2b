using System.Text.Json.Nodes;
using SpexStream.Inference.Onnx;

namespace SpexStream.Benchmarks;

/// <summary>
/// A segmentation pack with a U-Net of two levels of fixed random weights, as wide as is wanted, so that an inference
/// takes as long as is wanted. What it adds to the logits is small beside linear rules of the bands on a coarser grid,
/// so that masks look as masks of a trained network do and not like noise, whose outlines would be what is measured.
/// </summary>
internal sealed class BenchNetwork
{
    /// <summary>Pixels at each side of a window that see too little.</summary>
    public const int Overlap = 16;

    /// <summary>Classes in the order of the channels: land, water, vegetation.</summary>
    public const int Channels = 3;

    /// <summary>Bands in the order of the file: blue, green, red, nir.</summary>
    public const int Bands = 4;

    private const float Share = 0.01f;
    private const int Seed = 20261122;
    private readonly Random _random = new(Seed);
    private readonly GraphBuilder _graph = new("bench");

    private BenchNetwork()
    {
    }

    /// <summary>Writes a pack.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="width">Channels of the first level.</param>
    public static void Write(string folder, int width)
    {
        Directory.CreateDirectory(folder);
        new BenchNetwork().Save(Path.Combine(folder, "model.onnx"), width);
        File.WriteAllText(Path.Combine(folder, "model.json"), Description().ToJsonString());
    }

    private void Save(string path, int width)
    {
        var pixels = _graph.Input("pixels", ElementType.Float32, "batch", Bands, "height", "width");
        var first = Layer(pixels, Bands, width);
        var second = Layer(Pool(first), width, 2 * width);
        var middle = Layer(Pool(second), 2 * width, 2 * width);
        var up = Layer(Join(Grow(middle), second), 4 * width, width);
        var top = Layer(Join(Grow(up), first), 2 * width, width);
        var texture = Convolve(top, Random(Channels, width, 1, Share), _graph.Numbers([Channels], [0, 0, 0]), 1);
        // Land 0; water where green outweighs near infrared; vegetation where near infrared outweighs red by far.
        var rules = _graph.Numbers([Channels, Bands, 1, 1], [0, 0, 0, 0, 0, 20, 0, -20, 0, 0, -20, 10]);
        var coarse = _graph.Node(
            "AveragePool", [pixels], ("kernel_shape", new long[] { 4, 4 }), ("strides", new long[] { 4, 4 }));
        var scores = Convolve(coarse, rules, _graph.Numbers([Channels], [0, 0, -0.2f]), 1);
        var plain = _graph.Node(
            "Resize", [scores, string.Empty, _graph.Numbers([4], [1, 1, 4, 4])], ("mode", "linear"),
            ("coordinate_transformation_mode", "half_pixel"));
        var logits = _graph.Node("Add", [plain, texture]);
        _graph.Output("logits", logits, ElementType.Float32, "batch", Channels, "height", "width");
        _graph.Save(path);
    }

    private string Layer(string value, int from, int to) => _graph.Node(
        "Relu", [Convolve(value, Random(to, from, 3, MathF.Sqrt(6f / (from * 9))), Random(to, 0.1f), 3)]);

    private string Convolve(string value, string weights, string bias, int edge)
    {
        long side = edge / 2;
        return _graph.Node("Conv", [value, weights, bias], ("pads", new[] { side, side, side, side }));
    }

    private string Pool(string value) =>
        _graph.Node("MaxPool", [value], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));

    private string Grow(string value) => _graph.Node(
        "Resize", [value, string.Empty, _graph.Numbers([4], [1, 1, 2, 2])], ("mode", "nearest"),
        ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));

    private string Join(string one, string other) => _graph.Node("Concat", [one, other], ("axis", 1));

    private string Random(int to, int from, int edge, float scale) =>
        _graph.Numbers([to, from, edge, edge], Values(to * from * edge * edge, scale));

    private string Random(int count, float scale) => _graph.Numbers([count], Values(count, scale));

    private float[] Values(int count, float scale) =>
        [.. Enumerable.Range(0, count).Select(_ => ((_random.NextSingle() * 2) - 1) * scale)];

    private static JsonObject Description() => JsonNode.Parse($$"""
        {
          "properties": {
            "mlm:name": "bench", "version": "1.0.0", "mlm:architecture": "U-Net",
            "mlm:tasks": ["semantic-segmentation"],
            "mlm:input": [{
              "name": "pixels", "bands": ["blue", "green", "red", "nir"],
              "input": {
                "shape": [-1, {{Bands}}, -1, -1], "dim_order": ["batch", "bands", "height", "width"],
                "data_type": "float32"
              }
            }],
            "mlm:output": [{
              "name": "logits",
              "result": {
                "shape": [-1, {{Channels}}, -1, -1], "dim_order": ["batch", "classes", "height", "width"],
                "data_type": "float32"
              },
              "classification:classes": [
                { "value": 0, "name": "land" }, { "value": 1, "name": "water" }, { "value": 2, "name": "vegetation" }
              ],
              "spex:values": "logits"
            }],
            "spex:tiling": { "overlap": {{Overlap}}, "multiple": 4 }
          },
          "assets": { "model": { "href": "model.onnx" } }
        }
        """)!.AsObject();
}
