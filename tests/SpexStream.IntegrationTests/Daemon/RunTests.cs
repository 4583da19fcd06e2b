using System.Net;
using System.Net.Sockets;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>The daemon as a process, against a real broker.</summary>
public sealed class RunTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    private static readonly string[] Compared =
    [
        "water.tif", "vegetation.tif", "buildings.tif", "validity.tif", "water-confidence.tif",
        "vegetation-confidence.tif",
        "buildings-confidence.tif", "diagnostics.tif", "regions.geojson", "regions.fgb", "browse.png",
    ];

    [RequiresMosquittoFact]
    public async Task A_scene_that_comes_in_strips_has_the_products_of_the_whole_file()
    {
        var whole = Path.Combine(await ProcessAsync("whole"), "pass");
        await using var rig = await DaemonRig.StartAsync(raster, "strips");
        await using var watch = SpexProgram.Start(
            ["watch", .. rig.ClientOptions, "--json", "--until-closed", "pass", "--timeout", "60"]);
        Assert.Equal(0, await SubmitAsync(rig, "pass", "--strips", "9", "--shuffle"));
        Assert.Equal(0, await watch.ExitAsync());
        await rig.ClosedAsync("pass");
        AssertSame(whole, Path.Combine(rig.Out, "pass"));

        // In-band, one by one: the files travel inside of their messages.
        Assert.Equal(0, await SubmitAsync(rig, "in-band", "--strips", "4", "--in-band"));
        await rig.ClosedAsync("in-band");
        AssertSamePixels(whole, Path.Combine(rig.Out, "in-band"));

        // The same strips again: counted, acknowledged, and nothing else.
        var closed = rig.Heard("out/scene/").Length;
        Assert.Equal(0, await SubmitAsync(rig, "pass", "--strips", "9"));
        await HoldsAsync(async () => await rig.MetricAsync("spex_strip_duplicates_total") >= 9);
        Assert.Equal(9, await rig.MetricAsync("spex_strip_duplicates_total"));
        Assert.Equal(9, await rig.MetricAsync("spex_strips_received_total{platform=\"sat-1\",result=\"duplicate\"}"));
        Assert.Equal(13, await rig.MetricAsync("spex_strips_received_total{platform=\"sat-1\",result=\"accepted\"}"));
        Assert.Empty(rig.DeadLetters());
        Assert.Equal(closed, rig.Heard("out/scene/").Length);
        Assert.Equal(0, await rig.MetricAsync("spex_queue_depth{stage=\"tiles\"}"));
    }

    [RequiresMosquittoFact]
    public async Task A_nodata_tag_that_shall_not_count_counts_in_no_strip()
    {
        var whole = Path.Combine(await ProcessAsync("tagless", "--nodata", "none"), "pass");
        await using var rig = await DaemonRig.StartAsync(raster, "nodata");
        Assert.Equal(0, await SubmitAsync(rig, "pass", "--strips", "3", "--nodata", "none"));
        AssertSame(whole, await rig.ClosedAsync("pass"));
    }

    [RequiresMosquittoFact]
    public async Task Every_strip_is_summarised_at_once_and_every_class_told_at_the_end()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "events");
        Assert.Equal(0, await SubmitAsync(rig, "pass", "--strips", "3"));
        await rig.ClosedAsync("pass");
        var observations = rig.Heard("out/observation/");
        Assert.All(["water", "vegetation", "buildings"], slug =>
        {
            var told = observations.Where(message => message.Topic.Contains($"/{slug}/", StringComparison.Ordinal))
                .ToArray();
            Assert.Equal(3, told.Count(message => message.UserProperty("status") == "preliminary"));
            Assert.Contains(told, message => message.UserProperty("status") == "final");
        });
        Assert.All(observations, message => Assert.InRange(message.Payload.Length, 2, 8192));
        Assert.Equal(3, rig.Heard("out/mask/").Length);
        Assert.Equal(
            observations.Length, observations.Select(message => message.UserProperty("id")).Distinct().Count());
        Assert.All(observations, message => Assert.False(message.Retain));
    }

    [RequiresMosquittoFact]
    public async Task On_a_signal_it_finishes_says_offline_and_leaves_with_0()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "stop");
        Assert.Equal(0, await SubmitAsync(rig, "pass", "--strips", "2"));
        await rig.ClosedAsync("pass");
        await rig.Daemon.TerminateAsync();
        Assert.Equal(0, await rig.Daemon.ExitAsync());
        await Eventually.HoldsAsync(() => NodeStates(rig).LastOrDefault() == "offline");
        Assert.Equal(["online", "draining", "offline"], NodeStates(rig).Distinct());

        // Who comes later hears the last word from the broker.
        await using var late = await rig.ConnectAsync("late");
        await late.SubscribeAsync(
            [new MqttSubscription($"spex/a/{DaemonRig.Station}/state/node/#")], CancellationToken.None);
        using var retained = await late.Deliveries.ReadAsync();
        Assert.True(retained.Message.Retain);
        Assert.Equal("offline", StateOf(retained.Message));
    }

    [RequiresMosquittoFact]
    public async Task A_signal_in_the_middle_of_a_scene_ends_it_with_0_all_the_same()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "middle");
        var submit = SubmitAsync(rig, "pass", "--strips", "40", "--pace", "20");
        await Eventually.HoldsAsync(() => rig.Heard("out/observation/").Length > 0);
        await rig.Daemon.TerminateAsync();
        Assert.Equal(0, await rig.Daemon.ExitAsync());
        Assert.Equal(0, await submit);
        Assert.DoesNotContain("Unhandled", rig.Daemon.Error, StringComparison.Ordinal);
    }

    [RequiresMosquittoFact]
    public async Task With_a_broker_that_answers_no_more_it_leaves_when_its_time_is_up()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "frozen", "--stop-seconds", "4");
        await rig.Broker.FreezeAsync();
        await rig.Daemon.TerminateAsync();
        Assert.Equal(0, await rig.Daemon.ExitAsync());
        Assert.Contains("Stopped", rig.Daemon.Output, StringComparison.Ordinal);
    }

    [RequiresMosquittoFact]
    public async Task Without_its_broker_it_is_not_ready_and_it_recovers_with_it()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "broker");
        await rig.Broker.StopAsync();
        await rig.StatusIsAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("live\n", (await rig.GetAsync("/health/live")).Body);
        Assert.Equal(0, await rig.MetricAsync("spex_broker_connected"));
        await rig.Broker.StartAsync();
        await rig.StatusIsAsync(HttpStatusCode.OK);
        Assert.Equal(0, await SubmitAsync(rig, "after", "--strips", "2"));
        await using var watch = SpexProgram.Start(
            ["watch", .. rig.ClientOptions, "--until-closed", "after", "--timeout", "60"]);
        Assert.Equal(0, await watch.ExitAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var (code, output, error) = await SpexProgram.RunAsync(
            "run", "--broker", "mqtt://127.0.0.1:1", "--station", "no-test", "--allow", raster.NewFolder("taken-in"),
            "--data", raster.NewFolder("taken-data"), "--out", raster.NewFolder("taken-out"), "--http", $"{port}");
        Assert.Equal(1, code);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("crit", output, StringComparison.Ordinal);
        Assert.StartsWith($"spexstream: 127.0.0.1:{port} cannot be listened on: ", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [RequiresMosquittoFact]
    public async Task Started_before_its_broker_it_waits_and_one_signal_still_ends_it()
    {
        await using var broker = MosquittoBroker.Prepare(MosquittoBroker.Open);
        string[] arguments =
        [
            "run", "--broker", $"mqtt://127.0.0.1:{broker.Port}", "--station", "no-test", "--out",
            raster.NewFolder("early-out"),
            "--data", raster.NewFolder("early-data"), "--allow", raster.NewFolder("early-in"), "--http", "0",
        ];
        await using (var daemon = SpexProgram.Start(arguments))
        {
            await Eventually.HoldsAsync(
                () => daemon.HasExited || daemon.Output.Contains("Waiting", StringComparison.Ordinal));
            await daemon.TerminateAsync();
            Assert.Equal(0, await daemon.ExitAsync());
            Assert.DoesNotContain("   at ", daemon.Output + daemon.Error, StringComparison.Ordinal);
        }

        await using var patient = SpexProgram.Start(arguments);
        await Eventually.HoldsAsync(
            () => patient.HasExited || patient.Output.Contains("Waiting", StringComparison.Ordinal));
        await broker.StartAsync();
        await Eventually.HoldsAsync(
            () => patient.HasExited || patient.Output.Contains("Listening on", StringComparison.Ordinal));
        Assert.False(patient.HasExited, patient.Output + patient.Error);
    }

    [RequiresMosquittoFact]
    public async Task Watching_for_a_scene_that_does_not_close_ends_with_3()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        var (code, _, error) = await SpexProgram.RunAsync(
            "watch", "--broker", $"mqtt://127.0.0.1:{broker.Port}", "--station", "no-test", "--until-closed", "never",
                "--timeout", "1");
        Assert.Equal(3, code);
        Assert.Contains("never", error, StringComparison.Ordinal);
    }

    private async Task<string> ProcessAsync(string name, params string[] more)
    {
        var folder = raster.NewFolder(name);
        var (code, _, error) = await SpexProgram.RunAsync(
            ["process", raster.Path, .. MadeRaster.Options, "--scene", "pass", "--out", folder, "--tile", "512",
                .. more]);
        Assert.True(code == 0, error);
        return folder;
    }

    private async Task<int> SubmitAsync(DaemonRig rig, string scene, params string[] more)
    {
        var (code, output, error) = await SpexProgram.RunAsync(
            ["submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", scene, "--spool",
                rig.Incoming, .. more]);
        Assert.True(code == 0, output + error);
        return code;
    }

    private static void AssertSame(string expected, string actual) => Assert.All(Compared, name => Assert.True(
        File.ReadAllBytes(Path.Combine(expected, name)).AsSpan().SequenceEqual(
            File.ReadAllBytes(Path.Combine(actual, name))), name));

    // The ids of regions carry the scene's id; the rasters do not.
    private static void AssertSamePixels(string expected, string actual) => Assert.All(
        Compared.Where(name => name.EndsWith(".tif", StringComparison.Ordinal)),
        name => Assert.True(File.ReadAllBytes(Path.Combine(expected, name)).AsSpan().SequenceEqual(
            File.ReadAllBytes(Path.Combine(actual, name))), name));

    private static string[] NodeStates(DaemonRig rig) => [.. rig.Heard("state/node/").Select(StateOf)];

    private static string StateOf(MqttMessage message) =>
        (DaemonRig.Data(message)["state"] ?? DaemonRig.Data(message)["properties"]?["state"])!.ToString();

    private static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
