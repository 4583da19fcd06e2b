using System.Text.Json.Nodes;
using Google.Protobuf;
using SpexStream.Daemon.Commands;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Packs;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Weights;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Inference.Spex;

/// <summary>SPEX packs whose files are not what they claim, although every digest is right, are refused with the
/// reason, by loading and by each verb.</summary>
public sealed class LyingSpexPackTests : IDisposable
{
    private static readonly Dictionary<string, (Action<string> Lie, string Reason)> Lies = new()
    {
        ["no description"] = (pack => File.Delete(Path.Combine(pack, "model.json")), "model.json is missing"),
        ["a description that is no JSON"] = (
            pack => File.WriteAllText(Path.Combine(pack, "model.json"), "{ oops"), "model.json is no JSON"),
        ["another kind"] = (
            pack => Describe(pack, item => item["properties"]!["spex:kind"] = "oracle"), "spex:kind is 'oracle'"),
        ["a graph of another width"] = (
            pack => Model(pack, model => model["sizes"]!["language"]!["hidden"] = 128),
            "embedding.onnx: output 'embeddings' has the shape [-1, -1, 64]; model.json says [-1, -1, 128]"),
        ["a graph of other bands"] = (
            pack => Model(pack, model =>
            {
                model["sizes"]!["vision"]!["backbone"]!["bands"] = 4;
                var input = model["input"]!;
                input["bands"]!.AsArray().Add("nir");
                input["mean"]!.AsArray().Add(0.5);
                input["deviation"]!.AsArray().Add(0.5);
            }),
            "vision.onnx: input 'pixels' has the shape [-1, 3, -1, -1]; model.json says [-1, 4, -1, -1]"),
        ["a graph of fewer layers"] = (
            pack => Model(pack, model => model["sizes"]!["language"]!["layers"] = 3),
            "decoder.onnx: it has no input 'past.2.key'"),
        ["weights that are no numbers"] = (
            pack => Overwrite(pack, "decoder.onnx.data", BitConverter.GetBytes(float.NaN)),
            "has values that are not numbers (NaN)"),
        ["no file of weights"] = (
            pack => File.Delete(Path.Combine(pack, "vision.onnx.data")), "vision.onnx.data, which is missing"),
        ["a short file of weights"] = (
            pack => File.WriteAllBytes(Path.Combine(pack, "mask.onnx.data"), new byte[100]),
            "of mask.onnx.data, which has 100"),
        ["a text for a graph"] = (
            pack => File.WriteAllText(Path.Combine(pack, "mask.onnx"), "This is no graph."),
            "mask.onnx is no ONNX model"),
        ["no graph"] = (pack => File.Delete(Path.Combine(pack, "mask.onnx")), "lists no mask.onnx"),
        ["ten gigabytes"] = (
            pack => Graph(pack, weight =>
            {
                weight.Dims[0] = 2_500_000_000;
                weight.Dims[1] = 1;
                weight.ExternalData.Single(entry => entry.Key == "length").Value = "10000000000";
            }),
            "claims 10000000000 bytes at 0 of embedding.onnx.data"),
        ["weights outside of the pack"] = (
            pack => Graph(
                pack, weight => weight.ExternalData.Single(entry => entry.Key == "location").Value = "../../x"),
            "only files in the pack's own folder are read"),
        ["no tokenizer"] = (
            pack => File.Delete(Path.Combine(pack, "vocab.json")), "vocab.json"),
        ["a tokenizer of more tokens"] = (
            pack => Tokenizer(pack, vocabulary => vocabulary["water"] = 300),
            "the tokenizer has 301 tokens; model.json says that the model knows 259"),
        ["a head of no width"] = (
            pack => Model(pack, model => model["sizes"]!["language"]!["heads"] = 0),
            "sizes.language.heads is 0; it takes 1 to "),
        ["a mean for too few bands"] = (
            pack => Model(pack, model => model["input"]!["mean"]!.AsArray().RemoveAt(0)),
            "input.mean and input.deviation have 2 and 3 numbers for 3 bands"),
        ["a picture of no size"] = (
            pack => Model(pack, model => model["input"]!["size_pixels"] = -64), "input.size_pixels is -64"),
        ["an unknown band"] = (
            pack => Model(pack, model => model["input"]!["bands"]![0] = "rad"), "names 'rad'"),
        ["an end that is no token"] = (
            pack => Model(pack, model => model["limits"]!["end_tokens"]![0] = 9999), "end_tokens names 9999"),
        ["no room for a prompt"] = (
            pack => Model(pack, model => model["limits"]!["most_positions"] = 20),
            "leaves room for a prompt of"),
        ["a name that paints the terminal"] = (
            pack => Model(pack, model => model["name"] = "tiny\u001b[31m"),
            "name must be a text of 1 to 256 characters that can be printed"),
        ["a word that is a second image"] = (
            pack => Model(pack, model => model["class_words"]!["water"] = "water <image>"),
            "class_words.water must be 1 to 256 characters that can be printed, without <image>"),
        ["a word for no class"] = (
            pack => Model(pack, model => model["class_words"]!["roads"] = "roads"),
            "class_words names a class that is none of water, vegetation, buildings"),
        ["training that never was"] = (
            pack => Model(pack, model => model["trained"] = true),
            "its metadata says that it is untrained; model.json says trained"),
        ["a cache of a terabyte"] = (
            pack => Model(pack, model => model["limits"]!["most_positions"] = 2_000_000_000),
            "limits.most_positions is 2000000000; it takes 1 to 131072"),
    };

    private readonly TemporaryFolder _folder = new();

    public LyingSpexPackTests() => TinySpex.Write(3, _folder["pack"], Precision.Float32, 64, 6);

    public static TheoryData<string> Names { get; } = [.. Lies.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_lie_is_refused_by_its_reason(string name)
    {
        var (lie, reason) = Lies[name];
        lie(_folder["pack"]);
        Seal(_folder["pack"]);

        var refused = Assert.Throws<ModelRefusedException>(
            () => PackLoader.Load(_folder["pack"], [], TimeProvider.System));
        Assert.Contains(refused.Faults, fault => fault.Contains(reason, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', refused.Message);
        foreach (var verb in new[] { "inspect", "verify", "bench" })
        {
            var told = await Assert.ThrowsAsync<ModelRefusedException>(() => CommandLine
                .Parse(["model", verb, _folder["pack"], "--json"])
                .InvokeAsync(new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false }));
            Assert.Equal(refused.Message, told.Message);
        }
    }

    [Fact]
    public void A_mask_decoder_that_gives_no_numbers_is_not_opened()
    {
        // Infinite weights are numbers; what comes of them is none.
        var weights = Path.Combine(_folder["pack"], "mask.onnx.data");
        var infinite = new float[new FileInfo(weights).Length / sizeof(float)];
        Array.Fill(infinite, float.PositiveInfinity);
        Overwrite(_folder["pack"], "mask.onnx.data", System.Runtime.InteropServices.MemoryMarshal
            .AsBytes(infinite.AsSpan()).ToArray());
        Seal(_folder["pack"]);
        using var pack = PackLoader.Load(_folder["pack"], [], TimeProvider.System);

        var fault = Assert.Throws<DeviceFaultException>(
            () => pack.Open(new ModelSessionOptions { Device = DeviceName.Cpu, TileSize = 64 }));

        Assert.Contains("a logit that is not a number", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/none/there")]
    [InlineData("/etc/hostname")]
    public void What_is_no_folder_is_refused(string path) => Assert.Contains(
        "is no folder", Assert.Throws<ModelRefusedException>(
            () => PackLoader.Load(path, [], TimeProvider.System)).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    // As somebody does who lies on purpose: the digests are those of the files.
    private static void Seal(string pack)
    {
        if (!File.Exists(Path.Combine(pack, "model.json")) || PackLoader.KindOf(pack) != PackLoader.Spex)
        {
            return;
        }

        Model(pack, model => model["files"] = new JsonObject(
            Directory.EnumerateFiles(pack).Where(path => Path.GetFileName(path) != "model.json")
                .Select(path => KeyValuePair.Create(Path.GetFileName(path), (JsonNode?)PackDigest.OfFile(path)))));
    }

    private static void Describe(string pack, Action<JsonNode> change)
    {
        var path = Path.Combine(pack, "model.json");
        var item = JsonNode.Parse(File.ReadAllText(path))!;
        change(item);
        File.WriteAllText(path, item.ToJsonString());
    }

    private static void Model(string pack, Action<JsonNode> change) =>
        Describe(pack, item => change(item["properties"]!["spex:model"]!));

    private static void Tokenizer(string pack, Action<JsonNode> change)
    {
        var path = Path.Combine(pack, "vocab.json");
        var words = JsonNode.Parse(File.ReadAllText(path))!;
        change(words);
        File.WriteAllText(path, words.ToJsonString());
    }

    private static void Overwrite(string pack, string name, byte[] bytes)
    {
        using var file = File.OpenWrite(Path.Combine(pack, name));
        file.Write(bytes);
    }

    private static void Graph(string pack, Action<TensorProto> change)
    {
        var path = Path.Combine(pack, "embedding.onnx");
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        change(model.Graph.Initializer.First(weight => weight.ExternalData.Count > 0));
        File.WriteAllBytes(path, model.ToByteArray());
    }
}
