using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Actors;

/// <summary>The daemon on Akka.NET as a process, against a real broker.</summary>
public sealed class AkkaRunTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    private static readonly string[] Compared =
    [
        "water.tif", "vegetation.tif", "buildings.tif", "validity.tif", "water-confidence.tif", "diagnostics.tif",
        "regions.geojson", "regions.fgb", "browse.png",
    ];

    [RequiresMosquittoFact]
    public async Task A_scene_in_strips_has_the_products_that_the_in_process_runtime_makes()
    {
        await using var local = await DaemonRig.StartAsync(raster, "akka-local");
        await SubmitAsync(local);
        var expected = await local.ClosedAsync("pass");

        await using var akka = await DaemonRig.StartAsync(raster, "akka", "--runtime", "akka");
        await SubmitAsync(akka);
        var made = await akka.ClosedAsync("pass");
        Assert.All(Compared, name => Assert.True(
            File.ReadAllBytes(Path.Combine(expected, name)).AsSpan()
                .SequenceEqual(File.ReadAllBytes(Path.Combine(made, name))), name));
        Assert.Empty(akka.DeadLetters());
        Assert.Equal(9, await akka.MetricAsync("spex_strips_received_total{platform=\"sat-1\",result=\"accepted\"}"));

        // One scene lives in one shard; the in-process runtime has none to count.
        await Eventually.HoldsAsync(async () => await akka.MetricAsync("spex_shards") == 1);
        Assert.DoesNotContain("\nspex_shards ", (await local.GetAsync("/metrics")).Body, StringComparison.Ordinal);

        // Asked to stop it leaves the cluster of its own, and has nothing to complain of.
        await akka.Daemon.TerminateAsync();
        Assert.Equal(0, await akka.Daemon.ExitAsync());
        Assert.Contains("[1004]", akka.Daemon.Output, StringComparison.Ordinal);
    }

    private async Task SubmitAsync(DaemonRig rig)
    {
        var (code, output, error) = await SpexProgram.RunAsync(
            ["submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", "pass", "--spool",
                rig.Incoming, "--strips", "9", "--shuffle"]);
        Assert.True(code == 0, output + error);
    }
}
