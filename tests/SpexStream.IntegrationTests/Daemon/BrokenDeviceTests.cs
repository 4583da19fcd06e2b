using System.Text.Json.Nodes;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Weights;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>A real scene with an untrained SPEX on two devices, one of which breaks in the middle.</summary>
public sealed class BrokenDeviceTests(MadeRaster folders) : IClassFixture<MadeRaster>
{
    private const string Scene = "s2-athabasca-2019";
    private const string Pack = "spex-tiny-untrained-7";
    private const int Strips = 7;
    private const int GoodBatches = 2;
    private static readonly string[] Input =
    [
        "--bands", "blue,green,red,nir,swir16", "--scale", "0.0001", "--offset", "0", "--radiometry", "sr", "--nodata",
        "none", "--platform", "sat-1", "--sensor", "msi",
    ];

    [RequiresRealSceneFact(Scene)]
    public async Task A_device_that_dies_in_the_middle_of_a_real_scene_changes_no_byte_of_its_products()
    {
        var pack = Path.Combine(folders.NewFolder("packs"), "tiny");
        TinySpex.Write(7, pack, Precision.Float32, 64, 8);
        var whole = await UndisturbedAsync(pack);
        // Tiles go to the device that is free, so the other one has the rest.
        await using var rig = await DaemonRig.StartWithAsync(
            folders, "broken", [$"SPEX_BREAK_DEVICE=cpu:0,{GoodBatches + 1}"], "--backend", pack, "--devices",
            "cpu:0,cpu:1");
        await using var watch = SpexProgram.Start(
            ["watch", .. rig.ClientOptions, "--until-closed", Scene, "--live", "--timeout", "85"]);
        await SubmitAsync(rig);
        Assert.True(await watch.ExitAsync() == 0, watch.Output + watch.Error + rig.Daemon.Output);

        AssertSameProducts(whole, Path.Combine(rig.Out, Scene));
        await AssertQuarantinedAsync(rig);
        AssertToldOnce(rig);
        await AssertSpokenOfAsync(rig);
    }

    private static async Task SubmitAsync(DaemonRig rig)
    {
        var (code, output, error) = await SpexProgram.RunAsync(
        [
            "submit", RequiresRealSceneFactAttribute.RasterOf(Scene), .. Input, .. rig.ClientOptions, "--scene", Scene,
            "--spool", rig.Incoming, "--strips", $"{Strips}", "--shuffle",
        ]);
        Assert.True(code == 0, output + error);
    }

    private async Task<string> UndisturbedAsync(string pack)
    {
        var output = folders.NewFolder("undisturbed");
        var (code, said, error) = await SpexProgram.RunAsync(
        [
            "process", RequiresRealSceneFactAttribute.RasterOf(Scene), .. Input, "--scene", Scene, "--tile", "256",
            "--out", output, "--backend", pack, "--devices", "cpu:0",
        ]);
        Assert.True(code == 0, said + error);
        return Path.Combine(output, Scene);
    }

    private static void AssertSameProducts(string expected, string actual)
    {
        // item.json tells when, and who computed.
        string[] Names(string folder) =>
            [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!).Order()];
        Assert.Equal(Names(expected), Names(actual));
        Assert.Contains("water.tif", Names(actual));
        Assert.All(
            Names(expected).Where(name => name != "item.json"),
            name => Assert.True(
                File.ReadAllBytes(Path.Combine(expected, name)).AsSpan()
                    .SequenceEqual(File.ReadAllBytes(Path.Combine(actual, name))),
                $"{name} differs"));
        var software = JsonNode.Parse(File.ReadAllText(Path.Combine(actual, "item.json")))!
            ["properties"]!["processing:software"]!;
        Assert.Matches($"^{Pack} 1 sha256:[0-9a-f]{{64}}$", (string?)software["model"]);
    }

    private static async Task AssertQuarantinedAsync(DaemonRig rig)
    {
        Assert.Equal(GoodBatches, await rig.MetricAsync("spex_device_infer_seconds_count{device=\"cpu:0\"}"));
        Assert.True(await rig.MetricAsync("spex_device_infer_seconds_count{device=\"cpu:1\"}") > GoodBatches);
        Assert.True(await rig.MetricAsync("spex_device_failures_total{device=\"cpu:0\",kind=\"failed\"}") >= 1);
        Assert.Equal(0, await rig.MetricAsync("spex_device_failures_total{device=\"cpu:1\",kind=\"failed\"}"));
        Assert.DoesNotContain("spex_degraded_total{", (await rig.GetAsync("/metrics")).Body, StringComparison.Ordinal);
        var (_, ready, _) = await rig.GetAsync("/health/ready");
        Assert.StartsWith("ready, but: cpu:0 failed", ready, StringComparison.Ordinal);
        Assert.Contains(
            "A device failed; its tiles go to others, or wait for it: cpu:0: made to fail", rig.Daemon.Output,
            StringComparison.Ordinal);
    }

    private static void AssertToldOnce(DaemonRig rig)
    {
        Assert.Empty(rig.DeadLetters());
        var told = rig.Heard("out/");
        Assert.All(
            told.GroupBy(message => message.UserProperty("id")),
            same => Assert.Single(same.Select(message => Convert.ToHexString(message.Payload.Span)).Distinct()));
        var closed = told.Single(
            message => message.UserProperty("type")!.EndsWith("scene.closed.v1", StringComparison.Ordinal));
        Assert.Equal(Strips, (int?)DaemonRig.Data(closed)["properties"]!["spex:strips"]!["received"]);
    }

    // What it says means nothing, so the checker lets next to nothing pass; what it turns down is marked and counted.
    private static async Task AssertSpokenOfAsync(DaemonRig rig)
    {
        var told = rig.Heard("out/observation/").Select(message => DaemonRig.Data(message)["properties"]!).ToArray();
        Assert.All(told, observation =>
        {
            Assert.Equal(Pack, (string?)observation["model"]!["name"]);
            Assert.Matches("^[0-9a-f]{64}$", (string?)observation["model"]!["sha256"]);
            Assert.Contains("untrained", observation["remarks"]!.ToJsonString(), StringComparison.Ordinal);
            Assert.Contains((string?)observation["text_source"], new[] { "model", "template" });
        });
        var asked = told.Where(observation => observation["prompt_hash"] is not null).ToArray();
        // Each class of each strip, and of the scene.
        Assert.Equal(3 * (Strips + 1), asked.Length);
        var (_, metrics, _) = await rig.GetAsync("/metrics");
        var turnedDown = metrics.Split('\n')
            .Where(line => line.StartsWith("spex_explanations_rejected_total{", StringComparison.Ordinal))
            .Sum(line => int.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(
            turnedDown, asked.Count(observation => (string?)observation["text_source"] == "template"), int.MaxValue);
        Assert.Contains("An explanation was turned down by the checker", rig.Daemon.Output, StringComparison.Ordinal);
        Assert.All(
            rig.Heard("out/mask/"),
            mask => Assert.StartsWith(
                $"{Pack} 1 sha256:", (string?)DaemonRig.Data(mask)["properties"]!["processing:software"]!["model"],
                StringComparison.Ordinal));
    }
}
