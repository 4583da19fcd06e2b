using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Two daemons under one name.</summary>
public sealed class TakeoverTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [RequiresMosquittoFact]
    public async Task Two_daemons_with_one_node_id_tell_it_and_stay_away_instead_of_throwing_each_other_out()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "first");
        await using var second = SpexProgram.Start(
        [
            "run", "--broker", $"mqtt://127.0.0.1:{rig.Broker.Port}", "--station", DaemonRig.Station.Value, "--node",
            "node-1",
            "--out", raster.NewFolder("second-out"), "--data", raster.NewFolder("second-data"), "--allow", rig.Incoming,
            "--http", "0",
        ]);
        await Eventually.HoldsAsync(
            () => second.HasExited || second.Output.Contains("Listening on", StringComparison.Ordinal));
        Assert.False(second.HasExited, second.Output + second.Error);
        await Eventually.HoldsAsync(
            () => rig.Daemon.Output.Contains("was taken over: another daemon", StringComparison.Ordinal));
        var (status, body, _) = await rig.GetAsync("/health/ready");
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("another daemon seems to use the node id node-1", body, StringComparison.Ordinal);
        // Both have told it; and from here on each stays away for longer than the other needs to work.
        await Eventually.HoldsAsync(() => second.Output.Contains("was taken over", StringComparison.Ordinal)
            || rig.Daemon.Output.Contains("was taken over", StringComparison.Ordinal));
    }
}
