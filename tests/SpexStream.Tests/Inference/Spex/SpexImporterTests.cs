using System.Text.Json.Nodes;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Checkpoint;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Packs;
using SpexStream.Inference.Spex.Running;
using SpexStream.Inference.Spex.Weights;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Inference.Spex;

public sealed class SpexImporterTests : IDisposable
{
    private const string Tower = "model.vision_tower.vision_tower.vision_model";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresGoldensTheory]
    [InlineData(false, Precision.Float32)]
    [InlineData(false, Precision.Float16)]
    [InlineData(true, Precision.Float32)]
    public void A_checkpoint_becomes_a_pack_that_answers(bool shortened, Precision precision)
    {
        Checkpoint(made =>
        {
            if (shortened)
            {
                made.Shorten();
            }
        });

        SpexImporter.Import(_folder["in"], _folder["pack"], new SpexImportOptions { Precision = precision });
        var pack = SpexPack.Load(_folder["pack"]);
        using var session = new SpexSession(
            pack, new SpexSessionOptions(new ModelSessionOptions { Device = DeviceName.Cpu }));
        var answer = session.Answer(
            new SpexQuestion(new float[3 * 64 * 64], 64, [1, 2, SpexQuestion.ImageToken, 3]),
                new SpexGeneration(4, []));

        Assert.True(pack.Description.Trained);
        Assert.Equal<int>([52, 7], pack.Description.Limits.EndTokens.ToArray());
        Assert.Equal(16, answer.Mask!.Side);
    }

    [RequiresGoldensFact]
    public void Sizes_show_in_the_tensors_where_the_description_does_not_give_them()
    {
        Checkpoint(_ => { });
        var given = SpexImporter.Import(_folder["in"], _folder["given"], new SpexImportOptions { Name = "one" });
        var config = JsonNode.Parse(File.ReadAllText(_folder["in/config.json"]))!.AsObject();
        var flat = config["llm"]!.DeepClone().AsObject();
        flat["eos_token_id"] = config["eos_token_id"]?.DeepClone();
        File.WriteAllText(_folder["in/config.json"], flat.ToJsonString());

        var shown = SpexImporter.Import(_folder["in"], _folder["shown"], new SpexImportOptions { Name = "one" });

        Assert.Equal(
            given.Files.Where(file => file.Key != "model.json"), shown.Files.Where(file => file.Key != "model.json"));
    }

    [RequiresGoldensFact]
    public void Every_missing_extra_and_wrongly_shaped_tensor_is_named_at_once_and_nothing_is_left_behind()
    {
        Checkpoint(made =>
        {
            made.Remove($"{Tower}.levels.2.blocks.1.dcn.offset.bias");
            made.Remove("model.layers.1.self_attn.v_proj.bias");
            made.Set("model.mm_projector.2.bias", [2], 1, 2);
            made.Set("model.layers.9.mystery", [1], 1);
        });

        var fault = Assert.Throws<CheckpointException>(
            () => SpexImporter.Import(_folder["in"], _folder["pack"], new SpexImportOptions()));

        Assert.Equal(
            [
                $"tensor 'model.layers.1.self_attn.v_proj.bias' [32] is missing",
                $"tensor 'model.mm_projector.2.bias' is [2], not [64]",
                $"tensor '{Tower}.levels.2.blocks.1.dcn.offset.bias' [72] is missing",
                $"tensor 'model.layers.9.mystery' is not known",
            ],
            fault.Faults);
        Assert.Equal([_folder["in"]], Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [RequiresGoldensFact]
    public void A_weight_that_is_no_number_is_refused_and_nothing_is_left_behind()
    {
        Checkpoint(made => made.Change("model.layers.0.mlp.down_proj.weight", _ => float.NaN));

        var fault = Assert.Throws<CheckpointException>(
            () => SpexImporter.Import(_folder["in"], _folder["pack"], new SpexImportOptions()));

        Assert.Contains(
            "model.layers.0.mlp.down_proj.weight: the tensor holds NaN", fault.Message, StringComparison.Ordinal);
        Assert.Equal([_folder["in"]], Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [RequiresGoldensFact]
    public void A_stem_of_more_bands_is_taken_with_their_names()
    {
        Checkpoint(made => made.Set($"{Tower}.patch_embed.conv1.weight", [4, 5, 3, 3], new float[4 * 5 * 9]));

        var fault = Assert.Throws<CheckpointException>(
            () => SpexImporter.Import(_folder["in"], _folder["pack"], new SpexImportOptions()));
        Assert.Equal("the network takes 5 bands, and 3 are named (red, green, blue)", Assert.Single(fault.Faults));

        var made = SpexImporter.Import(
            _folder["in"], _folder["pack"],
                new SpexImportOptions { Bands = ["blue", "green", "red", "nir", "swir16"] });
        Assert.Equal(5, made.Sizes.Vision.Backbone.Bands);
        Assert.Equal("nir", made.Input.Bands[3]);
    }

    [RequiresGoldensTheory]
    [InlineData("config.json", """ "end" """)]
    [InlineData("generation_config.json", """[52, "end"]""")]
    [InlineData("generation_config.json", "-1")]
    public void An_end_of_answers_that_is_no_token_is_told(string file, string value)
    {
        Checkpoint(_ => { });
        var config = JsonNode.Parse(File.ReadAllText(_folder[$"in/{file}"]))!;
        (config["llm"] ?? config)["eos_token_id"] = JsonNode.Parse(value);
        File.WriteAllText(_folder[$"in/{file}"], config.ToJsonString());

        var fault = Assert.Throws<CheckpointException>(
            () => SpexImporter.Import(_folder["in"], _folder["pack"], new SpexImportOptions()));

        Assert.Contains("'eos_token_id' is ", fault.Message, StringComparison.Ordinal);
    }

    [RequiresGoldensFact]
    public void Where_no_description_names_an_end_the_end_of_a_turn_ends_an_answer()
    {
        Checkpoint(made => made.Set("model.embed_tokens.weight", [259, 64], new float[259 * 64]));
        File.Delete(_folder["in/generation_config.json"]);
        var config = JsonNode.Parse(File.ReadAllText(_folder["in/config.json"]))!;
        (config["llm"]!["eos_token_id"], config["llm"]!["vocab_size"]) = (null, 259);
        File.WriteAllText(_folder["in/config.json"], config.ToJsonString());
        var told = new List<string>();

        Assert.Empty(SpexImporter.Import(_folder["in"], _folder["silent"], new SpexImportOptions(), told.Add)
            .Limits.EndTokens);
        Assert.Contains(told, line => line.Contains("no files of a tokenizer", StringComparison.Ordinal));
        ByteTokenizer.Write(_folder["in"]);
        Assert.Equal<int>(
            [ByteTokenizer.TurnEnd],
            SpexImporter.Import(_folder["in"], _folder["pack"], new SpexImportOptions()).Limits.EndTokens);
    }

    [RequiresGoldensFact]
    public void What_no_pack_may_say_of_itself_is_refused_before_anything_is_written()
    {
        Checkpoint(_ => { });

        var fault = Assert.Throws<CheckpointException>(() => SpexImporter.Import(
            _folder["in"], _folder["pack"],
            new SpexImportOptions { Bands = ["red", "green", "purple"], MostPositions = 64 }));

        Assert.Contains("'purple', which is no common name", fault.Message, StringComparison.Ordinal);
        Assert.Contains("most_new_tokens is 256", fault.Message, StringComparison.Ordinal);
        Assert.Equal([_folder["in"]], Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    private void Checkpoint(Action<MadeCheckpoint> change)
    {
        var description = GoldenFolder.Description("end_to_end");
        var made = MadeCheckpoint.Read(Path.ChangeExtension(description, ".safetensors"), "weight/");
        change(made);
        Directory.CreateDirectory(_folder["in"]);
        made.Write(_folder["in/model.safetensors"]);
        var config = JsonNode.Parse(File.ReadAllText(description))!["config"]!.AsObject();
        config["llm"]!["eos_token_id"] = 52;
        File.WriteAllText(_folder["in/config.json"], config.ToJsonString());
        File.WriteAllText(_folder["in/generation_config.json"], """{"eos_token_id": [52, 7]}""");
    }
}
