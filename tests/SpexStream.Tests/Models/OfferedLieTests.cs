using System.Text.Json.Nodes;
using Google.Protobuf;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Scenes;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Weights;
using SpexStream.Tests.Inference;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Models;

/// <summary>A pack that is not what it claims is offered to a runtime at work: it is refused with the reason, and the
/// model that runs goes on.</summary>
public sealed class OfferedLieTests(StripFiles files) : IClassFixture<StripFiles>, IDisposable
{
    private static readonly ProcessingOptions Options = new() { TileSize = 128, Classes = [LandCoverClass.Water] };
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Lies { get; } = new()
    {
        { "no onnx", "model.onnx is no ONNX model" },
        { "wrong shape", "model.json says [-1, 3, -1, -1]" },
        { "wrong size of the answer", "does not run on windows of 128" },
        { "unknown operator", "ONNX Runtime does not take it" },
        { "nan", "has values that are not numbers (NaN)" },
        { "missing data", "lies in model.onnx.data, which is missing" },
        { "ten gigabytes", "claims 10.0 GB and has" },
        { "no folder", "is no folder" },
    };

    public static TheoryData<string, string> SpexLies { get; } = new()
    {
        { "no onnx", "mask.onnx has the SHA-256" },
        { "no onnx, listed", "mask.onnx is no ONNX model" },
        { "wrong shape", "width cannot be split into heads" },
        { "nan", "has values that are not numbers (NaN)" },
        { "missing data", "vision.onnx.data is missing" },
        { "ten gigabytes", "claims 10.0 GB and has" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_lying_segmentation_pack_is_refused_and_the_running_model_goes_on(string lie, string reason)
    {
        using var pack = TestPack.Ndwi(0.05f);
        pack.Write();
        await RefusedAsync(pack.Folder, Lying(lie), reason);
    }

    [Theory]
    [MemberData(nameof(SpexLies))]
    public Task A_lying_spex_pack_is_refused_and_the_running_model_goes_on(string lie, string reason)
    {
        TinySpex.Write(3, _folder["good"], Precision.Float32, 64, 8);
        TinySpex.Write(4, _folder["bad"], Precision.Float32, 64, 8);
        switch (lie)
        {
            case "no onnx":
                File.WriteAllText(_folder["bad/mask.onnx"], "no graph");
                break;
            case "no onnx, listed":
                File.WriteAllText(_folder["bad/mask.onnx"], "no graph");
                List("mask.onnx");
                break;
            case "wrong shape":
                ChangeText("model.json", "\"heads\": 4", "\"heads\": 3");
                break;
            case "nan":
                Change(_folder["bad/mask.onnx"], weight => weight.RawData = ByteString.CopyFrom(
                    [.. Enumerable.Repeat(BitConverter.GetBytes(float.NaN), weight.RawData.Length / 4)
                        .SelectMany(bytes => bytes)]));
                List("mask.onnx");
                break;
            case "missing data":
                File.Delete(_folder["bad/vision.onnx.data"]);
                break;
            default:
                Change(_folder["bad/mask.onnx"], weight =>
                {
                    weight.Dims.Clear();
                    weight.Dims.Add(2_500_000_000);
                });
                List("mask.onnx");
                break;
        }

        return RefusedAsync(_folder["good"], _folder["bad"], reason);
    }

    public void Dispose() => _folder.Dispose();

    private async Task RefusedAsync(string good, string bad, string reason)
    {
        IReadOnlyDictionary<string, byte[]> only;
        await using (var bench = await SwapBench.StartAsync(good, Options))
        {
            await bench.DeliverAsync(files, "first", 0, 1, 2);
            only = Workbench.Products(await bench.ClosedAsync("first"));
        }

        await using var lied = await SwapBench.StartAsync(good, Options);
        var memory = lied.MemoryBytes;
        await lied.DeliverAsync(files, "first", 0, 1);
        lied.Offer(bad);
        await lied.LookAsync();
        await lied.LookAsync();

        Assert.Contains(reason, Assert.Single(lied.Refused).Message, StringComparison.Ordinal);
        Assert.Equal(lied.Refused[0].Message, lied.Models.Trouble);
        Assert.Equal((1, memory), (lied.Models.OpenCount, lied.MemoryBytes));
        await lied.DeliverAsync(files, "first", 2);
        var outcome = await lied.ClosedAsync("first");
        var products = Workbench.Products(outcome);
        Assert.All(
            only.Where(product => product.Key != "item.json"),
            product => Assert.True(product.Value.AsSpan().SequenceEqual(products[product.Key]), product.Key));
        Assert.Equal(lied.Models.Serving.Facts, outcome.Model);

        // The link leads back: all is well.
        lied.Offer(good);
        await lied.LookAsync();
        Assert.Null(lied.Models.Trouble);
        Assert.Empty(lied.TakenOver);
    }

    private string Lying(string lie)
    {
        var pack = _folder["bad"];
        if (lie == "no folder")
        {
            return pack;
        }

        using var made = Made(lie);
        made.Write();
        Directory.CreateDirectory(pack);
        foreach (var file in Directory.GetFiles(made.Folder))
        {
            File.Copy(file, Path.Combine(pack, Path.GetFileName(file)));
        }

        if (lie == "missing data")
        {
            File.Delete(Path.Combine(pack, "model.onnx.data"));
        }

        return pack;
    }

    private static TestPack Made(string lie)
    {
        switch (lie)
        {
            case "no onnx":
                var pack = TestPack.Ndwi(0);
                File.WriteAllText(pack.Graph, "This is no graph. ");
                return pack;
            case "wrong shape":
                pack = TestPack.Ndwi(0);
                pack.Input["bands"] = new JsonArray("green", "nir", "red");
                pack.Input["input"]!["shape"] = new JsonArray(-1, 3, -1, -1);
                return pack;
            case "wrong size of the answer":
                return OfOneNode((graph, pixels) => graph.Node(
                    "MaxPool", [pixels], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })));
            case "unknown operator":
                return OfOneNode((graph, pixels) => graph.Node("Divine", [pixels]));
            case "nan":
                return Scaled([float.NaN]);
            case "missing data":
                return Scaled(new float[1_000_000]);
            default:
                pack = Scaled([1]);
                Change(pack.Graph, weight => weight.Dims[0] = 2_500_000_000);
                return pack;
        }
    }

    private static TestPack Scaled(float[] gain) => OfOneNode((graph, pixels) =>
    {
        var weight = graph.Weight("gain", ElementType.Float32, [gain.Length], stream =>
        {
            foreach (var value in gain)
            {
                stream.Write(BitConverter.GetBytes(value));
            }
        });
        return graph.Node("Mul", [pixels, graph.Node("ReduceMean", [weight], ("keepdims", 0))]);
    });

    private static TestPack OfOneNode(Func<GraphBuilder, string, string> node)
    {
        var graph = new GraphBuilder("lie");
        var pixels = graph.Input("pixels", ElementType.Float32, "batch", 1, "height", "width");
        graph.Output("answer", node(graph, pixels), ElementType.Float32, "batch", 1, "rows", "columns");
        return TestPack.Of(graph, ["nir"], ["water"], "probabilities", exclusive: false);
    }

    // Changes the first weight of numbers that lies in the graph itself.
    private static void Change(string path, Action<TensorProto> change)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        change(model.Graph.Initializer.First(
            weight => weight.DataType == (int)ElementType.Float32 && weight.RawData.Length > 0));
        using var file = File.Create(path);
        model.WriteTo(file);
    }

    private void ChangeText(string name, string from, string to)
    {
        var path = _folder[$"bad/{name}"];
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    // Whoever writes nonsense can write its digest, too.
    private void List(string name)
    {
        using var stream = File.OpenRead(_folder[$"bad/{name}"]);
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
        var path = _folder["bad/model.json"];
        var text = File.ReadAllText(path);
        var at = text.IndexOf($"\"{name}\"", StringComparison.Ordinal);
        var colon = text.IndexOf(':', at);
        var quote = text.IndexOf('"', colon);
        File.WriteAllText(path, string.Concat(text.AsSpan(0, quote + 1), digest, text.AsSpan(quote + 65)));
    }
}
