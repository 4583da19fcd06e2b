using Microsoft.ML.OnnxRuntime;
using SpexStream.Inference.Onnx;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Inference;

public sealed class GraphBuilderTests
{
    [Fact]
    public void The_runtime_is_of_the_version_that_the_sources_were_written_for() =>
        Assert.Equal("1.29.0", OrtEnv.Instance().GetVersionString());

    [Fact]
    public void A_built_graph_runs_and_gives_what_it_says()
    {
        var graph = new GraphBuilder("affine");
        var pixels = graph.Input("pixels", ElementType.Float32, "batch", 3);
        var scaled = graph.Node("Mul", [pixels, graph.Numbers([3], [1, 2, 3])]);
        graph.Output("result", graph.Node("Add", [scaled, graph.Number(0.5f)]), ElementType.Float32, "batch", 3);

        using var session = new InferenceSession(graph.ToBytes());

        Assert.Equal([1.5f, 4.5f, 9.5f, 0.5f, -1.5f, 0.5f], Run(session, [1, 2, 3, 0, -1, 0], [2, 3]));
    }

    [Fact]
    public void Large_weights_go_to_a_file_beside_the_graph_and_are_found_there()
    {
        using var folder = new TemporaryFolder();
        var path = folder["sum.onnx"];
        var weights = Enumerable.Range(0, 5000).Select(value => (float)value).ToArray();
        var graph = new GraphBuilder("sum");
        var pixels = graph.Input("pixels", ElementType.Float32, 5000);
        var product = graph.Node("Mul", [pixels, graph.Numbers([5000], weights)]);
        graph.Output("result", graph.Node("ReduceSum", [product], ("keepdims", 0)), ElementType.Float32);

        graph.Save(path);
        using var session = new InferenceSession(path);

        Assert.True(new FileInfo(path + ".data").Length >= 20000);
        Assert.Equal([4999 * 5000f / 2], Run(session, [.. Enumerable.Repeat(1f, 5000)], [5000]));
    }

    [Fact]
    public void A_weight_that_writes_too_little_is_refused_by_name()
    {
        var graph = new GraphBuilder("short");

        var fault = Assert.Throws<InvalidOperationException>(
            () => graph.Weight("gamma", ElementType.Float32, [4], stream => stream.Write(new byte[12])));

        Assert.Contains("'gamma' wrote 12 bytes; its shape asks for 16", fault.Message, StringComparison.Ordinal);
    }

    private static float[] Run(InferenceSession session, float[] values, long[] shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var options = new RunOptions();
        using var results = session.Run(options, ["pixels"], [input], ["result"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
