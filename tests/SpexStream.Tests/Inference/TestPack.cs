using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference;
using SpexStream.Inference.Onnx;
using SpexStream.Tests.Support;

namespace SpexStream.Tests.Inference;

/// <summary>A pack in a folder of its own; tests change its description or its graph before they load it.</summary>
internal sealed class TestPack : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private TestPack(JsonNode description, GraphBuilder graph)
    {
        Description = description;
        graph.Save(Graph);
    }

    public string Folder => _folder.Root;

    public string Graph => _folder["model.onnx"];

    /// <summary>What <c>model.json</c> will hold.</summary>
    public JsonNode Description { get; }

    public JsonNode Properties => Description["properties"]!;

    public JsonNode Input => Properties["mlm:input"]![0]!;

    public JsonNode Output => Properties["mlm:output"]![0]!;

    /// <summary>1 where (green - nir) / (green + nir) lies above a threshold, else 0: no weights, no
    /// neighbourhood.</summary>
    public static TestPack Ndwi(float threshold, string type = "float32")
    {
        var element = type == "float16" ? ElementType.Float16 : ElementType.Float32;
        var graph = new GraphBuilder("ndwi");
        var pixels = graph.Input("pixels", element, "batch", 2, "height", "width");
        var wide = graph.Node("Cast", [pixels], ("to", (int)ElementType.Float32));
        var green = graph.Node("Slice", [wide, graph.Integers(0), graph.Integers(1), graph.Integers(1)]);
        var nir = graph.Node("Slice", [wide, graph.Integers(1), graph.Integers(2), graph.Integers(1)]);
        var index = graph.Node("Div", [graph.Node("Sub", [green, nir]), graph.Node("Add", [green, nir])]);
        var holds = graph.Node("Greater", [index, graph.Number(threshold)]);
        var answer = graph.Node("Cast", [holds], ("to", (int)element));
        graph.Output("water", answer, element, "batch", 1, "height", "width");
        return new(
            Describe(["green", "nir"], ["water"], type, "water", "probabilities", exclusive: false, 0, 1), graph);
    }

    /// <summary>A U-Net of two levels with random weights: 4 bands in, land, water and vegetation out, as logits. A
    /// pixel
    /// sees no further than 16 pixels.</summary>
    public static TestPack UNet(int seed, int overlap = 16)
    {
        var network = new TestNetwork("unet", seed);
        var pixels = network.Graph.Input("pixels", ElementType.Float32, "batch", 4, "height", "width");
        var first = network.Convolution(pixels, 4, 8);
        var second = network.Convolution(network.Pool(first), 8, 12);
        var middle = network.Convolution(network.Pool(second), 12, 12);
        var up = network.Convolution(network.Join(network.Grow(middle), second), 24, 8);
        var top = network.Convolution(network.Join(network.Grow(up), first), 16, 8);
        network.Graph.Output("logits", network.Last(top, 8, 3), ElementType.Float32, "batch", 3, "height", "width");
        return new(
            Describe(["blue", "green", "red", "nir"], ["land", "water", "vegetation"], "float32", "logits", "logits",
                true, overlap, 4),
            network.Graph);
    }

    /// <summary>A pack of a graph that the test makes.</summary>
    public static TestPack Of(GraphBuilder graph, string[] bands, string[] classes, string values, bool exclusive) =>
        new(Describe(bands, classes, "float32", "answer", values, exclusive, 0, 1), graph);

    /// <summary>Makes windows of a fixed edge, cut or blended.</summary>
    public TestPack Windows(int edge, int overlap, bool blend)
    {
        Properties["spex:tiling"] = new JsonObject
        {
            ["window"] = edge,
            ["overlap"] = overlap,
            ["merge"] = blend ? "blend" : "crop",
            ["multiple"] = 4,
        };
        return this;
    }

    /// <summary>Writes the description and loads the pack.</summary>
    public ILoadedPack Load(int tileSize = 64, int devices = 1)
    {
        Write();
        return PackLoader.Load(
            Folder,
            [.. Enumerable.Range(0, devices).Select(
                i => new ModelSessionOptions { Device = new(DeviceKind.Cpu, i), TileSize = tileSize })],
            TimeProvider.System);
    }

    public void Write() => File.WriteAllText(_folder["model.json"], Description.ToJsonString());

    /// <summary>Runs the graph by itself.</summary>
    public float[] Run(float[] values, params long[] shape)
    {
        using var session = new InferenceSession(Graph);
        using var input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var options = new RunOptions();
        using var results = session.Run(
            options, [Input["name"]!.GetValue<string>()], [input], [Output["name"]!.GetValue<string>()]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose() => _folder.Dispose();

    private static JsonObject Describe(
        string[] bands, string[] classes, string type, string output, string values, bool exclusive, int overlap,
            int multiple) => new()
            {
                ["properties"] = new JsonObject
                {
                    ["mlm:name"] = "test-net",
                    ["version"] = "1.2.0",
                    ["mlm:architecture"] = "test",
                    ["mlm:tasks"] = new JsonArray("semantic-segmentation"),
                    ["mlm:input"] = new JsonArray(new JsonObject
                    {
                        ["name"] = "pixels",
                        ["bands"] = Names(bands),
                        ["input"] = Tensor(bands.Length, "bands", type),
                        ["resize_type"] = null,
                        ["value_scaling"] = null,
                    }),
                    ["mlm:output"] = new JsonArray(new JsonObject
                    {
                        ["name"] = output,
                        ["tasks"] = new JsonArray("semantic-segmentation"),
                        ["result"] = Tensor(classes.Length, "classes", type),
                        ["classification:classes"] = new JsonArray(
                        [.. classes.Select((name, i) => (JsonNode)new JsonObject { ["value"] = i, ["name"] = name })]),
                        ["spex:values"] = values,
                        ["spex:exclusive"] = exclusive,
                    }),
                    ["spex:tiling"] = new JsonObject { ["overlap"] = overlap, ["multiple"] = multiple },
                },
                ["assets"] = new JsonObject { ["model"] = new JsonObject { ["href"] = "model.onnx" } },
            };

    private static JsonArray Names(string[] names) => new([.. names.Select(name => (JsonNode)name)]);

    private static JsonObject Tensor(int channels, string axis, string type) => new()
    {
        ["shape"] = new JsonArray(-1, channels, -1, -1),
        ["dim_order"] = new JsonArray("batch", axis, "height", "width"),
        ["data_type"] = type,
    };
}
