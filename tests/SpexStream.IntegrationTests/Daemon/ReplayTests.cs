using System.Net;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>The verb replay against a real broker and daemon.</summary>
public sealed class ReplayTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [RequiresMosquittoFact]
    public async Task Replayed_when_all_had_arrived_nothing_changes_but_the_count_of_duplicates()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "arrived");
        await SubmitAsync(rig, "pass", "--strips", "4");
        var folder = await rig.ClosedAsync("pass");
        await Eventually.HoldsAsync(
            () => rig.Heard("state/scene/pass").Any(m => (string?)DaemonRig.Data(m)["phase"] == "closed"));
        var product = new DirectoryInfo(folder).LinkTarget;
        var ids = rig.Heard("in/strip/").Select(message => message.UserProperty("id")).ToArray();
        var told = rig.Heard("out/").Length;

        var (code, output, error) = await SpexProgram.RunAsync(
            ["replay", "--spool", rig.Incoming, .. rig.ClientOptions]);
        Assert.True(code == 0, error);
        Assert.Contains("announced strip 3 of pass (4 of 4)", output, StringComparison.Ordinal);
        await DuplicatesAsync(rig, 4);
        Assert.Equal(product, new DirectoryInfo(folder).LinkTarget);
        Assert.Equal(told, rig.Heard("out/").Length);
        Assert.Empty(rig.DeadLetters());
        // The same announcements: whoever listens recognises them, too.
        var again = rig.Heard("in/strip/").Select(message => message.UserProperty("id")).Skip(4);
        Assert.Equal(ids.Order(StringComparer.Ordinal), again.Order(StringComparer.Ordinal));
    }

    [RequiresMosquittoFact]
    public async Task Replayed_after_the_broker_lost_messages_the_scene_is_complete()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "lost");
        await SubmitAsync(rig, "pass", "--strips", "4", "--shuffle");
        await rig.ClosedAsync("pass");

        // A station whose announcements went to a broker that took them and died: nobody else knows of them.
        var spool = raster.NewFolder("lost-in/second");
        await using (var forgetful = await MosquittoBroker.StartAsync(MosquittoBroker.Open))
        {
            var (code, _, error) = await SpexProgram.RunAsync(
            [
                "submit", raster.Path, .. MadeRaster.Options, "--broker", $"mqtt://127.0.0.1:{forgetful.Port}",
                "--station",
                DaemonRig.Station.Value, "--scene", "second", "--spool", spool, "--strips", "3",
            ]);
            Assert.True(code == 0, error);
            await forgetful.KillAsync();
        }

        var replay = await SpexProgram.RunAsync(["replay", "--spool", spool, .. rig.ClientOptions]);
        Assert.True(replay.Code == 0, replay.Error);
        await rig.ClosedAsync("second");
        var closed = rig.Heard("out/scene/").Single(m => m.UserProperty("sceneid") == "second"
            && m.UserProperty("type")!.EndsWith("scene.closed.v1", StringComparison.Ordinal));
        Assert.Equal(100, (int?)DaemonRig.Data(closed)["properties"]!["spex:completeness"]);
    }

    [RequiresMosquittoFact]
    public async Task Strips_that_came_in_their_messages_are_replayed_as_such()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "carried");
        await SubmitAsync(rig, "pass", "--strips", "3", "--in-band");
        await rig.ClosedAsync("pass");
        var (code, _, error) = await SpexProgram.RunAsync(["replay", "--spool", rig.Incoming, .. rig.ClientOptions]);
        Assert.True(code == 0, error);
        await DuplicatesAsync(rig, 3);
        Assert.Equal(6, rig.Heard("in/strip/").Count(message => message.ContentType == "image/tiff"));
    }

    [RequiresMosquittoFact]
    public async Task Files_that_are_no_strips_are_named_and_the_others_announced()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "bad");
        await SubmitAsync(rig, "pass", "--strips", "3");
        await rig.ClosedAsync("pass");
        await File.WriteAllTextAsync(Path.Combine(rig.Incoming, "note.json"), "no json");
        File.Delete(Path.Combine(rig.Incoming, "pass-0001.tif"));
        var (code, output, error) = await SpexProgram.RunAsync(
            ["replay", "--spool", rig.Incoming, .. rig.ClientOptions]);
        Assert.Equal(1, code);
        Assert.Contains("note.json: payload cannot be read as JSON", error, StringComparison.Ordinal);
        Assert.Contains("pass-0001.tif is not there", error, StringComparison.Ordinal);
        Assert.Contains("2 of 4 files were not announced; 2 strips were", error, StringComparison.Ordinal);
        Assert.Equal(2, output.Split('\n').Count(line => line.StartsWith("announced", StringComparison.Ordinal)));
        await DuplicatesAsync(rig, 2);

        (code, _, error) = await SpexProgram.RunAsync(
            ["replay", "--spool", raster.NewFolder("empty"), .. rig.ClientOptions]);
        Assert.Equal(1, code);
        Assert.Contains("holds no strips", error, StringComparison.Ordinal);
    }

    [RequiresMosquittoFact]
    public async Task Without_its_broker_a_verb_says_so_and_ends_with_3_when_its_time_is_up()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        string[] client = ["--broker", $"mqtt://127.0.0.1:{broker.Port}", "--station", DaemonRig.Station.Value];
        await using var submit = SpexProgram.Start(
        [
            "submit", raster.Path, .. MadeRaster.Options, .. client, "--scene", "gone", "--spool",
            raster.NewFolder("gone"),
            "--strips", "100", "--pace", "50", "--timeout", "12",
        ]);
        await using var watch = SpexProgram.Start(["watch", .. client, "--timeout", "12"]);
        await Eventually.HoldsAsync(() => submit.Output.Contains("announced strip 1 ", StringComparison.Ordinal));
        await broker.KillAsync();
        Assert.Equal(3, await submit.ExitAsync());
        Assert.Equal(3, await watch.ExitAsync());
        Assert.Contains("is gone", submit.Error, StringComparison.Ordinal);
        Assert.Contains("of 100 strips were announced in time", submit.Error, StringComparison.Ordinal);
        Assert.Contains("is gone", watch.Error, StringComparison.Ordinal);
    }

    private async Task SubmitAsync(DaemonRig rig, string scene, params string[] more)
    {
        var (code, output, error) = await SpexProgram.RunAsync(
            ["submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", scene, "--spool",
                rig.Incoming, .. more]);
        Assert.True(code == 0, output + error);
    }

    private static async Task DuplicatesAsync(DaemonRig rig, int count)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await rig.MetricAsync("spex_strip_duplicates_total") < count)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }

        Assert.Equal(count, await rig.MetricAsync("spex_strip_duplicates_total"));
    }
}
