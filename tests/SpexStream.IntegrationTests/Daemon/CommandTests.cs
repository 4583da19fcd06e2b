using System.Net;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Commands over a real broker to the daemon as a process.</summary>
public sealed class CommandTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    private static readonly string[] Commands = ["--commands", "true"];

    [RequiresMosquittoFact]
    public async Task A_scene_is_made_again_withdrawn_and_made_again()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "orders", Commands);
        await using var connection = await rig.ConnectAsync("operator");
        var chief = await new CommandClient(connection, "op").ListenAsync();
        await SubmitAsync(rig, "pass", "--strips", "3");
        await rig.ClosedAsync("pass");
        await StateAsync(rig, "pass", "closed", 1);

        var answer = await chief.AskAsync("reprocess", """{"scene":"pass","revision":1}""");
        Assert.Equal(
            ("done", 2, "node-1"), ((string?)answer["status"], (int?)answer["revision"], (string?)answer["node"]));
        await StateAsync(rig, "pass", "closed", 2);
        Assert.Equal("refused other-revision", await chief.GiveAsync("reprocess", """{"scene":"pass","revision":1}"""));

        Assert.Equal("done retracted", await chief.GiveAsync("retract", """{"scene":"pass","reason":"wrong sensor"}"""));
        await StateAsync(rig, "pass", "retracted", 2);
        Assert.False(Path.Exists(Path.Combine(rig.Out, "pass")));
        var deleted = rig.Heard("out/mask/")
            .Where(message => message.UserProperty("type")!.EndsWith("mask.deleted.v1", StringComparison.Ordinal));
        Assert.Equal(3, deleted.Count());
        Assert.All(deleted, message => Assert.Equal("deletion", (string?)DaemonRig.Data(message)["links"]![0]!["rel"]));
        var (code, _, error) = await SpexProgram.RunAsync(
            ["watch", .. rig.ClientOptions, "--until-closed", "pass", "--timeout", "30"]);
        Assert.Equal(1, code);
        Assert.Contains("scene pass is retracted: wrong sensor", error, StringComparison.Ordinal);

        Assert.Equal("done reprocessing", await chief.GiveAsync("reprocess", """{"scene":"pass"}"""));
        await StateAsync(rig, "pass", "closed", 3);
        Assert.True(Path.Exists(Path.Combine(rig.Out, "pass")));
        Assert.Equal("refused unknown-scene", await chief.GiveAsync("retract", """{"scene":"nobody"}"""));
        Assert.Equal("refused not-failed", await chief.GiveAsync("abandon", """{"scene":"pass"}"""));
        Assert.Equal("refused unknown-strip", await chief.GiveAsync("release", """{"scene":"pass","strip":9}"""));
        Assert.Equal(1, await rig.MetricAsync("spex_commands_total{verb=\"retract\",status=\"done\"}"));
        Assert.Empty(rig.DeadLetters());
    }

    [RequiresMosquittoFact]
    public async Task Paused_it_takes_no_strips_and_commands_get_past_those_that_wait()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "pause", Commands);
        await using var connection = await rig.ConnectAsync("operator");
        var chief = await new CommandClient(connection, "op").ListenAsync();
        Assert.Equal("done paused", await chief.GiveAsync("pause"));
        await rig.StatusIsAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Contains("paused by command", (await rig.GetAsync("/health/ready")).Body, StringComparison.Ordinal);
        Assert.Equal("refused paused", await chief.GiveAsync("replay", $$"""{"spool":"{{rig.Incoming}}"}"""));

        // More than the broker may send without acknowledgement: nothing comes through on the connection of strips.
        await SubmitAsync(rig, "pass", "--strips", "80");
        Assert.Equal(0, await rig.MetricAsync("spex_scenes_open"));
        Assert.Equal("done resumed", await chief.GiveAsync("resume"));
        await rig.ClosedAsync("pass");
        await rig.StatusIsAsync(HttpStatusCode.OK);
    }

    [RequiresMosquittoFact]
    public async Task Drained_it_finishes_and_leaves_as_after_a_signal()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "drain", Commands);
        await using var connection = await rig.ConnectAsync("operator");
        var chief = await new CommandClient(connection, "op").ListenAsync();
        await SubmitAsync(rig, "pass", "--strips", "2");
        await rig.ClosedAsync("pass");
        Assert.Equal("done draining", await chief.GiveAsync("drain"));
        Assert.Equal(0, await rig.Daemon.ExitAsync());
        Assert.Contains("Stopped; everything taken was finished", rig.Daemon.Output, StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            () => rig.Heard("state/node/").Any(message => (string?)DaemonRig.Data(message)["state"] == "offline"));
    }

    [RequiresMosquittoFact]
    public async Task A_folder_is_replayed_whether_its_strips_had_arrived_or_not()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "folder", Commands);
        await using var connection = await rig.ConnectAsync("operator");
        var chief = await new CommandClient(connection, "op").ListenAsync();
        await SubmitAsync(rig, "pass", "--strips", "4");
        await SubmitAsync(rig, "carried", "--strips", "2", "--in-band");
        await rig.ClosedAsync("pass");
        await rig.ClosedAsync("carried");
        var closed = rig.Heard("out/").Length;
        var spool = $$"""{"spool":"{{rig.Incoming}}"}""";
        var answer = await chief.AskAsync("replay", spool);
        Assert.Equal(
            ("done", 0, 6, 0),
            ((string?)answer["status"], (int?)answer["strips"]!["accepted"], (int?)answer["strips"]!["duplicates"],
                (int?)answer["strips"]!["refused"]));
        Assert.Equal(closed, rig.Heard("out/").Length);

        // One file of the folder is no strip: the others go on, and it is named.
        await File.WriteAllTextAsync(Path.Combine(rig.Incoming, "a-note.json"), "{}");
        answer = await chief.AskAsync("replay", spool);
        Assert.Equal(("failed", 1, 6),
            ((string?)answer["status"], (int?)answer["strips"]!["refused"], (int?)answer["strips"]!["duplicates"]));
        Assert.Contains("a-note.json", (string?)answer["message"], StringComparison.Ordinal);
        Assert.Equal("refused outside-roots", await chief.GiveAsync("replay", """{"spool":"/etc"}"""));
        Assert.Equal("refused outside-roots", await chief.GiveAsync("replay", $$"""{"spool":"{{rig.Incoming}}/../"}"""));
        Assert.Equal("refused unreadable", await chief.GiveAsync("replay", $$"""{"spool":"{{rig.Incoming}}/none"}"""));
        Assert.Empty(rig.DeadLetters());
    }

    [RequiresMosquittoFact]
    public async Task Where_commands_are_not_allowed_by_the_settings_nobody_listens_to_them()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "deaf");
        await using var connection = await rig.ConnectAsync("operator");
        await connection.PublishAsync(
            new() { Topic = $"spex/a/{DaemonRig.Station}/cmd/drain" }, CancellationToken.None);
        await SubmitAsync(rig, "pass", "--strips", "2");
        await rig.ClosedAsync("pass");
        Assert.False(rig.Daemon.HasExited);
        Assert.DoesNotContain("-cmd", rig.Broker.Log, StringComparison.Ordinal);
    }

    private async Task SubmitAsync(DaemonRig rig, string scene, params string[] more)
    {
        var (code, output, error) = await SpexProgram.RunAsync(
            ["submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", scene, "--spool",
                rig.Incoming, .. more]);
        Assert.True(code == 0, output + error);
    }

    private static Task StateAsync(DaemonRig rig, string scene, string phase, int revision) =>
        Eventually.HoldsAsync(() => rig.Heard($"state/scene/{scene}").LastOrDefault() is { } state
            && ((string?)DaemonRig.Data(state)["phase"], (int?)DaemonRig.Data(state)["revision"]) == (phase, revision));
}
