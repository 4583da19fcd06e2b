using System.Text.Json.Nodes;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference;
using SpexStream.Inference.Onnx;
using Xunit;

namespace SpexStream.Tests.Inference;

/// <summary>Files that are not what they claim are refused with the reason, before a scene meets them.</summary>
public sealed class LyingPackTests
{
    [Fact]
    public void What_is_no_onnx_file_is_refused()
    {
        using var pack = TestPack.Ndwi(0);
        File.WriteAllText(pack.Graph, "This is no graph. ");
        AssertRefused(pack, "model.onnx is no ONNX model");

        File.WriteAllBytes(pack.Graph, []);
        AssertRefused(pack, "model.onnx has 0 bytes");

        File.Delete(pack.Graph);
        AssertRefused(pack, "model.onnx is missing; assets.model.href names it");
    }

    [Fact]
    public void A_graph_that_ends_too_early_is_refused()
    {
        using var pack = TestPack.UNet(1);
        var bytes = File.ReadAllBytes(pack.Graph);
        File.WriteAllBytes(pack.Graph, bytes[..(bytes.Length / 2)]);
        AssertRefused(pack, "model.onnx is no ONNX model");
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_refused_by_name()
    {
        using var inline = Scaled(graph =>
            graph.Weight("gain", ElementType.Float32, [1], stream => stream.Write(BitConverter.GetBytes(float.NaN))));
        AssertRefused(inline, "the weight 'gain' has values that are not numbers (NaN)");

        using var outside = Scaled(graph => Large(graph, index => index == 700_000 ? float.NaN : 1));
        AssertRefused(outside, "the weight 'gain' has values that are not numbers (NaN)");
    }

    [Fact]
    public void Missing_or_short_files_of_weights_are_refused()
    {
        using var pack = Scaled(graph => Large(graph, _ => 1));
        using (var file = File.OpenWrite(pack.Graph + ".data"))
        {
            file.SetLength(1000);
        }

        AssertRefused(pack, "the weight 'gain' claims 4000000 bytes at 0 of model.onnx.data, which has 1000");
        File.Delete(pack.Graph + ".data");
        AssertRefused(pack, "the weight 'gain' lies in model.onnx.data, which is missing");
    }

    [Fact]
    public void Weights_outside_of_the_pack_are_not_read()
    {
        using var pack = Scaled(graph => Large(graph, _ => 1));
        Change(
            pack, weight => weight.ExternalData.Single(entry => entry.Key == "location").Value = "../../../etc/passwd");
        AssertRefused(pack, "only files in the pack's own folder are read");
    }

    [Fact]
    public void Ten_gigabytes_that_are_not_there_are_refused_at_once()
    {
        using var inline = Scaled(graph => graph.Numbers([1], [1]));
        Change(inline, weight => weight.Dims[0] = 2_500_000_000);
        AssertRefused(inline, "claims 10.0 GB and has 4 bytes");

        using var outside = Scaled(graph => Large(graph, _ => 1));
        Change(outside, weight =>
        {
            weight.Dims[0] = 2_500_000_000;
            weight.ExternalData.Single(entry => entry.Key == "length").Value = "10000000000";
        });
        AssertRefused(outside, "claims 10000000000 bytes at 0 of model.onnx.data, which has 4000000");

        Change(outside, weight => weight.Dims[0] = long.MaxValue);
        AssertRefused(outside, "has an impossible shape");
    }

    [Fact]
    public void Another_digest_than_the_descriptions_is_refused()
    {
        using var pack = TestPack.Ndwi(0);
        pack.Description["assets"]!["model"]!["file:checksum"] = "1220" + new string('a', 64);
        AssertRefused(pack, $"model.json says {new string('a', 64)}");
    }

    [Fact]
    public void A_graph_of_other_inputs_and_outputs_than_described_is_refused_with_all_of_them()
    {
        using var pack = TestPack.Ndwi(0);
        pack.Input["name"] = "image";
        pack.Output["name"] = "masks";
        AssertRefused(
            pack, "the graph's inputs are 'pixels'; model.json names one, 'image'",
                "the graph's outputs are 'water'; model.json names 'masks'");
    }

    [Fact]
    public void A_graph_of_another_shape_or_type_than_described_is_refused()
    {
        using var pack = TestPack.Ndwi(0);
        pack.Input["bands"] = new JsonArray("green", "nir", "red");
        pack.Input["input"]!["shape"] = new JsonArray(-1, 3, -1, -1);
        pack.Output["result"]!["data_type"] = "float16";
        AssertRefused(
            pack, "input 'pixels' has the shape [-1, 2, -1, -1]; model.json says [-1, 3, -1, -1]",
            "output 'water' is of type Float32; model.json says Float16");
    }

    [Fact]
    public void An_answer_of_another_size_shows_when_the_session_is_opened()
    {
        var graph = new GraphBuilder("half");
        var pixels = graph.Input("pixels", ElementType.Float32, "batch", 1, "height", "width");
        graph.Output(
            "answer",
            graph.Node("MaxPool", [pixels], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })),
            ElementType.Float32, "batch", 1, "rows", "columns");
        using var pack = TestPack.Of(graph, ["nir"], ["water"], "probabilities", exclusive: false);
        using var model = pack.Load();

        var refused = Assert.Throws<ModelRefusedException>(() => model.OpenAhead());

        Assert.Contains("does not run on windows of 64", Assert.Single(refused.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_that_the_runtime_does_not_know_shows_when_the_session_is_opened()
    {
        var graph = new GraphBuilder("odd");
        var pixels = graph.Input("pixels", ElementType.Float32, "batch", 1, "height", "width");
        graph.Output("answer", graph.Node("Divine", [pixels]), ElementType.Float32, "batch", 1, "height", "width");
        using var pack = TestPack.Of(graph, ["nir"], ["water"], "probabilities", exclusive: false);
        using var model = pack.Load();

        var refused = Assert.Throws<ModelRefusedException>(() => model.OpenAhead());

        Assert.Contains("ONNX Runtime does not take it", Assert.Single(refused.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_pack_does_not_touch_the_one_that_runs()
    {
        var scene = new TestScene(
            64, 64, TestScene.Reflectance(PixelType.UInt16, 0.0001, 0, null, "green", "nir"), TestScene.Hills(3));
        using var good = TestPack.Ndwi(0);
        using var model = good.Load();
        var backend = model.BackendFor(scene.Imagery, new LearnedOptions { Classes = [LandCoverClass.Water] });
        var before = scene.Codes(backend, 64);
        using var bad = TestPack.Ndwi(0);
        File.WriteAllText(bad.Graph, "no graph");
        AssertRefused(bad, "no ONNX model");

        Assert.Equal(before, scene.Codes(backend, 64));
    }

    [Fact]
    public void What_is_no_folder_or_no_json_is_refused()
    {
        Assert.Contains("is no folder", Assert.Throws<ModelRefusedException>(() => Load("/none/there")).Message,
            StringComparison.Ordinal);
        using var pack = TestPack.Ndwi(0);
        Assert.Equal(["model.json is missing"],
            Assert.Throws<ModelRefusedException>(() => Load(pack.Folder)).Faults.AsEnumerable());
        File.WriteAllText(Path.Combine(pack.Folder, "model.json"), "{\n\n oops");
        Assert.Equal(["model.json is no JSON, see line 3"],
            Assert.Throws<ModelRefusedException>(() => Load(pack.Folder)).Faults.AsEnumerable());
    }

    private static string Large(GraphBuilder graph, Func<int, float> value) => graph.Weight(
        "gain", ElementType.Float32, [1_000_000],
        stream =>
        {
            for (var i = 0; i < 1_000_000; i++)
            {
                stream.Write(BitConverter.GetBytes(value(i)));
            }
        });

    // The mean of a weight times the pixels: enough of a graph for a weight to stand in.
    private static TestPack Scaled(Func<GraphBuilder, string> weight)
    {
        var graph = new GraphBuilder("scaled");
        var pixels = graph.Input("pixels", ElementType.Float32, "batch", 1, "height", "width");
        var gain = graph.Node("ReduceMean", [weight(graph)], ("keepdims", 0));
        graph.Output("answer", graph.Node("Mul", [pixels, gain]), ElementType.Float32, "batch", 1, "height", "width");
        return TestPack.Of(graph, ["nir"], ["water"], "probabilities", exclusive: false);
    }

    private static void Change(TestPack pack, Action<TensorProto> change)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(pack.Graph));
        change(model.Graph.Initializer.First(weight => weight.DataType == (int)ElementType.Float32));
        using var file = File.Create(pack.Graph);
        using var output = new Google.Protobuf.CodedOutputStream(file);
        model.WriteTo(output);
    }

    private static ILoadedPack Load(string folder) => PackLoader.Load(folder, [], TimeProvider.System);

    private static void AssertRefused(TestPack pack, params string[] reasons)
    {
        var refused = Assert.Throws<ModelRefusedException>(() => pack.Load());
        Assert.Equal(reasons.Length, refused.Faults.Length);
        Assert.All(
            reasons.Zip(refused.Faults), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.All(refused.Faults, fault => Assert.DoesNotContain('\n', fault));
    }
}
