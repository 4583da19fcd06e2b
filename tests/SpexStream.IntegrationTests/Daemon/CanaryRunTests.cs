using System.Net;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Messages of the daemon to itself, through a real broker.</summary>
public sealed class CanaryRunTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    private const string Topic = "spex/a/no-test/canary/node-1";

    [RequiresMosquittoFact]
    public async Task They_come_back_are_measured_never_kept_and_heard_again_after_the_broker_was_away()
    {
        await using var rig = await DaemonRig.StartWithAsync(raster, "canary", ["SPEX_CANARYSECONDS=0.2"]);
        await HeardAsync(rig, 3);
        Assert.True(await rig.MetricAsync("spex_canary_age_seconds") < 5);

        await rig.Broker.KillAsync();
        await rig.StatusIsAsync(HttpStatusCode.ServiceUnavailable);
        var before = await rig.MetricAsync("spex_canary_seconds_count");
        await rig.Broker.StartAsync();
        await rig.StatusIsAsync(HttpStatusCode.OK);
        await HeardAsync(rig, before + 2);

        await using var late = await rig.ConnectAsync("late");
        await late.SubscribeAsync([new MqttSubscription("spex/a/no-test/canary/#")], CancellationToken.None);
        using (var delivery = await late.Deliveries.ReadAsync())
        {
            Assert.Equal((Topic, false), (delivery.Message.Topic, delivery.Message.Retain));
        }
    }

    [RequiresMosquittoFact]
    public async Task A_broker_that_hands_nothing_on_is_an_error_in_the_log_a_warning_of_readiness_and_a_metric()
    {
        // It may say it, and not read it: mosquitto takes the message, and that is all.
        var root = "spex/a/no-test";
        await using var broker = await PasswordBroker.StartAsync(
            ["spexstream"], "secret", $"user spexstream\ntopic read {root}/in/#\ntopic write {root}/#\n");
        var secret = Path.Combine(raster.Folder, "canary-secret");
        await File.WriteAllTextAsync(secret, "secret");
        var port = FreePort.Next();
        await using var daemon = SpexProgram.StartWith(
            ["SPEX_CANARYSECONDS=0.3"],
            [
                "run", "--broker", $"mqtt://127.0.0.1:{broker.Port}", "--station", "no-test", "--node", "node-1",
                "--out", raster.NewFolder("silent-out"), "--data", raster.NewFolder("silent-data"),
                "--allow", raster.NewFolder("silent-in"), "--http", $"{port}", "--user", "spexstream",
                "--password-file", secret,
            ]);
        await Eventually.HoldsAsync(() => daemon.HasExited
            || daemon.Output.Contains("fail: SpexStream[1106] No message to ourselves", StringComparison.Ordinal));
        Assert.False(daemon.HasExited, daemon.Output + daemon.Error);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.StartsWith(
            "ready, but: no message to ourselves has come back",
            await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative)),
            StringComparison.Ordinal);
        Assert.Matches(
            @"(?m)^spex_canary_age_seconds [\d.]+$", await http.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
    }

    private static async Task HeardAsync(DaemonRig rig, double count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await rig.MetricAsync("spex_canary_seconds_count") < count)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
