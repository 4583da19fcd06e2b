using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Weights;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>The daemon with an untrained SPEX on two devices, against a real broker.</summary>
public sealed class SpexRunTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [RequiresMosquittoFact]
    public async Task Masks_come_out_and_words_that_mean_nothing_are_replaced_marked_and_counted()
    {
        var pack = Path.Combine(raster.NewFolder("packs"), "tiny");
        TinySpex.Write(7, pack, Precision.Float32, 64, 8);
        await using var rig = await DaemonRig.StartAsync(
            raster, "spex", "--backend", pack, "--devices", "cpu:0,cpu:1", "--classes", "water,vegetation");
        var (code, output, error) = await SpexProgram.RunAsync(
        [
            "submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", "pass", "--spool",
            rig.Incoming,
            "--strips", "3",
        ]);
        Assert.True(code == 0, output + error);
        var folder = await rig.ClosedAsync("pass");

        Assert.True(File.Exists(Path.Combine(folder, "water.tif")));
        var told = rig.Heard("out/observation/").Select(message => DaemonRig.Data(message)["properties"]!).ToArray();
        Assert.All(told, observation =>
        {
            Assert.Equal("spex-tiny-untrained-7", (string?)observation["model"]!["name"]);
            Assert.Matches("^[0-9a-f]{64}$", (string?)observation["model"]!["sha256"]);
            Assert.Contains("untrained", observation["remarks"]!.ToJsonString(), StringComparison.Ordinal);
        });
        var events = rig.Heard("out/").Select(DaemonRig.Data).ToArray();
        Assert.True(events.Length > told.Length, "scenes and masks are told, too");
        Assert.All(events, data => Assert.False((bool?)data["properties"]!["spex:trained"]));
        var spoken = told.Where(observation => observation["prompt_hash"] is not null).ToArray();
        Assert.NotEmpty(spoken);
        Assert.All(spoken, observation => Assert.Equal("template", (string?)observation["text_source"]));
        var (_, metrics, _) = await rig.GetAsync("/metrics");
        Assert.Contains("spex_explanations_rejected_total{reason=", metrics, StringComparison.Ordinal);
        Assert.True(await rig.MetricAsync("spex_backend_total{backend=\"spex\",reason=\"classified\"}") > 0, metrics);
        Assert.Empty(rig.DeadLetters());
    }
}
