using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Weights;
using SpexStream.IntegrationTests.Support;
using SpexStream.Messaging.Wire.Announcements;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>A model that is asked in words that a station configures or an announcement carries.</summary>
public sealed class InstructionTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    // What is announced, the reason of the dead letter, and words of its sentence.
    private static readonly (string Name, JsonNode? Instruction, string Reason, string Words)[] Bad =
    [
        ("long", new string('x', 2500) + " water", "bad-field", "2000"),
        ("bell", "water\u0007 please", "bad-field", "control characters"),
        ("empty", "", "bad-field", "spex:instruction"),
        ("blank", "   ", "bad-field", "spex:instruction"),
        ("number", 5, "bad-field", "spex:instruction"),
        ("none", "Describe the image.", "bad-field", "names no class"),
        ("two", "Tell the forests from the lakes.", "bad-field", "names more than one class"),
        ("other", "Where are the buildings?", "bad-field", "not among the classes"),
        ("picture", "<image> and <image> show water", "bad-field", "more than once"),
    ];

    [RequiresMosquittoFact]
    public async Task An_announced_instruction_beats_the_stations_and_a_bad_one_is_one_dead_letter()
    {
        await using var rig = await DaemonRig.StartAsync(
            raster, "asked", "--backend", Pack(), "--classes", "water,vegetation", "--instruction",
            "Describe the forests.");
        await using var client = await rig.ConnectAsync("station");
        foreach (var (name, instruction, _, _) in Bad)
        {
            await DaemonRig.AnnounceAsync(client, Announcement(rig, name, instruction));
        }

        await Eventually.HoldsAsync(() => rig.DeadLetters().Length >= Bad.Length || rig.Daemon.HasExited);
        foreach (var (name, _, reason, words) in Bad)
        {
            var letter = Assert.Single(rig.Heard("dlq/"), message => Letter(message, name));
            Assert.Equal(reason, (string?)DaemonRig.Data(letter)["reason"]);
            Assert.Contains(words, DaemonRig.Data(letter).ToJsonString(), StringComparison.Ordinal);
        }

        await SubmitAsync(rig, "asked", "--instruction", "Where is the water?");
        await SubmitAsync(rig, "unasked");
        Assert.Equal("water", await AskedAsync(rig, "asked"));
        Assert.Equal("vegetation", await AskedAsync(rig, "unasked"));
        Assert.Equal(Bad.Length, rig.DeadLetters().Length);
    }

    [RequiresMosquittoFact]
    public async Task Without_a_model_an_instruction_is_let_be()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "rules", "--classes", "water");
        await SubmitAsync(rig, "rules", "--instruction", "Where are the buildings?");
        await rig.ClosedAsync("rules");
        Assert.Empty(rig.DeadLetters());
    }

    [Theory]
    [InlineData("Describe the image.", "expected a sentence of at most 2000 characters that asks for one class")]
    [InlineData("Describe the forests.", "expected a sentence that asks for one of the classes")]
    public async Task A_station_does_not_start_with_an_instruction_that_cannot_be_asked(string words, string rule)
    {
        var (code, _, error) = await SpexProgram.RunAsync(
            "run", "--broker", "mqtt://127.0.0.1:1", "--station", "no-test", "--data", raster.NewFolder("bad-data"),
            "--out", raster.NewFolder("bad-out"), "--allow", raster.NewFolder("bad-in"), "--backend", Pack(),
            "--classes", "water", "--instruction", words);
        Assert.Equal(2, code);
        Assert.Equal($"spexstream: instruction is '{words}': {rule}\n", error);
    }

    [Fact]
    public async Task One_that_the_models_cache_has_no_room_for_is_told_at_the_start()
    {
        var words = string.Join(' ', Enumerable.Repeat("water", 300));
        var pack = Pack();
        var path = Path.Combine(pack, "model.json");
        var description = JsonNode.Parse(File.ReadAllText(path))!;
        description["properties"]!["spex:model"]!["limits"]!["most_positions"] = 1000;
        File.WriteAllText(path, description.ToJsonString());
        var (code, _, error) = await SpexProgram.RunAsync(
        [
            "process", raster.Path, .. MadeRaster.Options, "--out", raster.NewFolder("room-out"), "--backend", pack,
            "--instruction", words,
        ]);
        Assert.Equal(1, code);
        Assert.Contains("the instruction cannot be asked: it has ", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(letter => letter == '\n'));
    }

    private string Pack()
    {
        var pack = Path.Combine(raster.NewFolder($"packs-{Guid.NewGuid():N}"), "tiny");
        TinySpex.Write(7, pack, Precision.Float32, 64, 6);
        return pack;
    }

    private static bool Letter(Domain.Ports.Mqtt.MqttMessage message, string item) =>
        DaemonRig.Data(message).ToJsonString().Contains($"item-{item}", StringComparison.Ordinal)
        || Encoding.UTF8.GetString(Convert.FromBase64String(
            (string?)DaemonRig.Data(message)["original"]?["first_bytes"] ?? "")).Contains(
                $"item-{item}", StringComparison.Ordinal);

    private byte[] Announcement(DaemonRig rig, string name, JsonNode? instruction)
    {
        var file = Path.Combine(rig.Incoming, $"{name}.tif");
        File.Copy(raster.Path, file);
        var item = JsonNode.Parse(StripAnnouncementEncoder.ToJson(BadInputTests.Good(file)))!;
        item["id"] = $"item-{name}";
        item["properties"]!["spex:scene_id"] = $"scene-{name}";
        item["properties"]!["spex:instruction"] = instruction?.DeepClone();
        return Encoding.UTF8.GetBytes(item.ToJsonString());
    }

    private async Task SubmitAsync(DaemonRig rig, string scene, params string[] more)
    {
        var (code, output, error) = await SpexProgram.RunAsync(
        [
            "submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", scene, "--spool",
            rig.Incoming, "--strips", "2", .. more,
        ]);
        Assert.True(code == 0, output + error);
    }

    // The one class that the model was asked about; the others are told as not asked for, and nowhere.
    private static async Task<string> AskedAsync(DaemonRig rig, string scene)
    {
        await rig.ClosedAsync(scene);
        var told = rig.Heard("out/observation/").Select(message => DaemonRig.Data(message)["properties"]!)
            .Where(observation => (string?)observation["spex:scene_id"] == scene
                && (string?)observation["kind"] == "scene-summary").ToArray();
        Assert.Equal(2, told.Length);
        var asked = Assert.Single(told, observation => observation["prompt_hash"] is not null);
        var other = told.Single(observation => observation != asked);
        Assert.Contains("the instruction asks for", other["remarks"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, (double?)other["area_m2"]);
        return (string)asked["class"]!;
    }
}
