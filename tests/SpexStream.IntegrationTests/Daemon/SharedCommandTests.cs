using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Commands to a group of nodes.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedCommandTests(PostgresServer server, MadeRaster raster) : IClassFixture<MadeRaster>
{
    private const int Strips = 6;

    [RequiresPostgresFact]
    public async Task Whichever_node_gets_an_order_the_one_that_has_the_scene_carries_it_out_and_answers()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "orders");
        await rig.AddAsync("node-2");
        var chief = await rig.ChiefAsync();
        var strips = await rig.StripsAsync("pass", Strips);
        await rig.AnnounceAsync(strips[0]);
        await rig.UntilAsync(async () => await rig.AcceptedAsync("pass") == 1);
        var owner = await rig.OwnedAsync("pass");

        // The broker gives them to the nodes by turns.
        for (var order = 0; order < 4; order++)
        {
            var answer = await chief.AskAsync("release", """{"scene":"pass","strip":0}""");
            Assert.Equal(
                ("done", "not-quarantined", owner),
                ((string?)answer["status"], (string?)answer["reason"], (string?)answer["node"]));
        }

        Assert.Equal("refused busy", await chief.GiveAsync("retract", """{"scene":"pass"}"""));
        Assert.Equal(0L, await rig.SqlAsync("SELECT count(*) FROM strips"));
        await rig.AnnounceAsync(strips[1..]);
        await rig.ClosedAsync("pass");
        Assert.Equal("done retracted", await chief.GiveAsync("retract", """{"scene":"pass"}"""));
        Assert.Equal(chief.Asked, chief.Answered);
    }

    [RequiresPostgresFact]
    public async Task What_no_node_can_do_is_answered_once_and_a_folder_that_was_taken_is_known()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "strays");
        await rig.AddAsync("node-2");
        var chief = await rig.ChiefAsync();
        Assert.Equal("refused unknown-verb", await chief.GiveAsync("fly"));
        Assert.Equal("refused unknown-node", await chief.GiveAsync("pause", """{"node":"node-9"}"""));
        Assert.Equal("done paused", await chief.GiveAsync("pause", """{"node":"node-2"}"""));
        Assert.Equal("done resumed", await chief.GiveAsync("resume", """{"node":"node-2"}"""));

        await rig.AnnounceAsync(await rig.StripsAsync("pass", Strips));
        await rig.ClosedAsync("pass");
        // By turns on either node.
        for (var time = 0; time < 3; time++)
        {
            var answer = await chief.AskAsync("replay", $$"""{"spool":"{{rig.First.Incoming}}"}""");
            Assert.Equal("6 strips: 0 taken, 6 were there already.", (string?)answer["message"]);
        }

        Assert.Equal(chief.Asked, chief.Answered);
    }

    [RequiresPostgresFact]
    public async Task The_one_node_that_is_drained_leaves_and_the_others_finish_its_scenes()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "drained");
        await rig.AddAsync("node-2");
        await rig.AddAsync("node-3");
        var chief = await rig.ChiefAsync();
        string[] scenes = ["a", "b", "c", "d"];
        var strips = new Dictionary<string, Domain.Ports.Mqtt.MqttMessage[]>();
        foreach (var scene in scenes)
        {
            strips[scene] = await rig.StripsAsync(scene, Strips);
            await rig.AnnounceAsync(strips[scene][..3]);
        }

        await rig.UntilAsync(
            async () => (await Task.WhenAll(scenes.Select(rig.AcceptedAsync))).All(count => count == 3));
        Assert.Equal("done draining", await chief.GiveAsync("drain", """{"node":"node-1"}"""));
        // On its way out, too, it is announced to.
        foreach (var scene in scenes)
        {
            await rig.AnnounceAsync(strips[scene][3..]);
        }

        Assert.Equal(0, await rig["node-1"].ExitAsync());
        Assert.False(rig["node-2"].HasExited || rig["node-3"].HasExited);
        foreach (var scene in scenes)
        {
            await rig.ClosedAsync(scene);
            Assert.Equal(Strips, await rig.AcceptedAsync(scene));
        }

        Assert.Empty(rig.DoubledIds());
        // Whoever carried the messages had the broker's word for all that it sent before it left.
        Assert.Empty(rig.RepeatedIds());
        Assert.Empty(rig.First.DeadLetters());
    }

    [RequiresPostgresFact]
    public async Task Products_of_a_time_are_looked_up_in_the_journal_that_nodes_share()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "retracted");
        var now = TimeProvider.System.GetUtcNow();
        await rig.AnnounceAsync(await rig.StripsAsync("old", 1, "--sensed", Text(now.AddHours(-3))));
        await rig.AnnounceAsync(await rig.StripsAsync("new", 1, "--sensed", Text(now.AddHours(-1))));
        await rig.ClosedAsync("old");
        await rig.ClosedAsync("new");
        string[] old =
            ["retract", .. rig.First.ClientOptions, "--to", Text(now.AddHours(-2)), "--journal", rig.JournalUri];
        var (code, output, error) = await SpexProgram.RunAsync([.. old, "--dry-run"]);
        Assert.True(code == 0, error);
        Assert.Equal(
            [$"old revision 1, sensed {Text(now.AddHours(-3))}", "1 products would be withdrawn"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        (code, _, error) = await SpexProgram.RunAsync(old);
        Assert.True(code == 0, error);
        Assert.Equal(["new"], Directory.GetFileSystemEntries(rig.First.Out, "???").Select(Path.GetFileName));
        (code, _, error) = await SpexProgram.RunAsync([.. old[..^1], "postgres://spex:secret@db/x"]);
        Assert.Equal(2, code);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);

        static string Text(DateTimeOffset time) => $"{time:yyyy-MM-dd'T'HH:mm:ss'Z'}";
    }
}
