using System.Text.Json.Nodes;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Weights;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>The model of a running daemon is replaced by switching a link, against a real broker.</summary>
public sealed class SwapTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [RequiresMosquittoFact]
    public async Task A_link_that_is_switched_brings_the_new_model_and_one_that_lies_is_refused()
    {
        var packs = raster.NewFolder("swap-packs");
        foreach (var seed in new[] { 1, 2, 3 })
        {
            TinySpex.Write(seed, Path.Combine(packs, $"{seed}"), Precision.Float32, 64, 8);
        }

        File.WriteAllText(Path.Combine(packs, "3", "mask.onnx"), "no graph");
        var link = Path.Combine(packs, "current");
        Directory.CreateSymbolicLink(link, Path.Combine(packs, "1"));
        var settings = Path.Combine(packs, "settings.json");
        await File.WriteAllTextAsync(settings, """{ "modelSeconds": 0.1 }""");
        await using var rig = await DaemonRig.StartAsync(
            raster, "swap", "--backend", link, "--devices", "cpu:0", "--classes", "water", "--products", "masks",
            "--config", settings);
        var first = await NamedAsync(rig, "pass-1");

        Switch(link, Path.Combine(packs, "3"));
        await CountsAsync(rig, "refused", 1);
        Assert.Contains("the running one stays", rig.Daemon.Output, StringComparison.Ordinal);
        Assert.Contains("mask.onnx has the SHA-256", (await rig.GetAsync("/health/ready")).Body, StringComparison.Ordinal);
        Assert.Equal(first, await NamedAsync(rig, "pass-2"));

        Switch(link, Path.Combine(packs, "2"));
        await CountsAsync(rig, "taken-over", 1);
        var third = await NamedAsync(rig, "pass-3");

        Assert.StartsWith("spex-tiny-untrained-1 ", first, StringComparison.Ordinal);
        Assert.StartsWith("spex-tiny-untrained-2 ", third, StringComparison.Ordinal);
        Assert.NotEqual(first.Split(':')[^1], third.Split(':')[^1]);
        Assert.Equal(1, await rig.MetricAsync("spex_model_swaps_total{outcome=\"refused\"}"));
        var told = rig.Heard("out/observation/").Select(message => DaemonRig.Data(message)["properties"]!)
            .Where(observation => observation.ToJsonString().Contains("pass-3", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(told);
        Assert.All(told, observation => Assert.Equal(
            third.Split(':')[^1], (string?)observation["model"]!["sha256"]));
        await Eventually.HoldsAsync(
            () => rig.Daemon.Output.Contains("is closed: no scene uses it", StringComparison.Ordinal));
    }

    private static void Switch(string link, string pack)
    {
        // Not in one step: a link that is away for a moment is no new version.
        File.Delete(link);
        Directory.CreateSymbolicLink(link, pack);
    }

    private static async Task CountsAsync(DaemonRig rig, string outcome, int count)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tries = 0; tries < 600; tries++)
        {
            if (await rig.MetricAsync($"spex_model_swaps_total{{outcome=\"{outcome}\"}}") == count)
            {
                return;
            }

            await timer.WaitForNextTickAsync();
        }

        Assert.Fail($"never {outcome}: {rig.Daemon.Output}{rig.Daemon.Error}");
    }

    // How the scene's product names its model.
    private async Task<string> NamedAsync(DaemonRig rig, string scene)
    {
        var (code, output, error) = await SpexProgram.RunAsync(
        [
            "submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", scene, "--spool",
            rig.Incoming,
        ]);
        Assert.True(code == 0, output + error);
        var item = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(await rig.ClosedAsync(scene), "item.json")))!;
        return (string)item["properties"]!["processing:software"]!["model"]!;
    }
}
