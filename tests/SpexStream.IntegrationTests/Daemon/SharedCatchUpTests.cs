using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using SpexStream.Messaging.Mqtt;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Strips whose way to a node of a group was cut come by the catch-up session.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedCatchUpTests(PostgresServer server, MadeRaster raster) : IClassFixture<MadeRaster>
{
    private const string Role = "role/catch-up";
    private const string Listens = "The catch-up session listens";
    private const int Strips = 6;
    private static readonly string[] Quick = ["SPEX_CATCHUPGRACESECONDS=2"];

    [RequiresPostgresFact]
    public async Task Strips_that_a_dying_member_of_the_group_had_come_in_although_nobody_sends_them_again()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "catch-up", Quick);
        await rig.UntilAsync(() => Says(rig["node-1"], Listens));
        var strips = await rig.StripsAsync("pass", Strips);
        // A member that takes its part and acknowledges nothing; with its connection, its session ends.
        await using (var dying = new MqttConnectionFactory(TimeProvider.System).Create(new MqttConnectionOptions
        {
            Host = "127.0.0.1",
            Port = rig.First.Broker.Port,
            ClientId = "dying",
            SessionExpiry = TimeSpan.Zero,
        }))
        {
            await dying.ConnectAsync(CancellationToken.None);
            await dying.SubscribeAsync(
                [new MqttSubscription($"$share/spex-{SharedRig.Share}/spex/a/{DaemonRig.Station}/in/strip/#")],
                CancellationToken.None);
            await rig.AnnounceAsync(strips);
            (await dying.Deliveries.ReadAsync(CancellationToken.None)).Dispose();
        }

        await rig.ClosedAsync("pass");
        Assert.Equal(Strips, await rig.AcceptedAsync("pass"));
        await rig.UntilAsync(async () => await CountAsync(rig, "known") + await CountAsync(rig, "taken-up") == Strips);
        Assert.InRange(await CountAsync(rig, "taken-up"), 1, Strips - 1);
        Assert.Empty(rig.First.DeadLetters());
    }

    [RequiresPostgresFact]
    public async Task Strips_that_a_killed_node_had_taken_and_not_settled_come_in()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "killed", Quick);
        await rig.UntilAsync(() => Says(rig["node-1"], Listens));
        await rig.AddAsync("node-2");
        var chief = await rig.ChiefAsync();
        // What it gets stays unacknowledged, and with its session for 90 s: longer than this test waits.
        Assert.Equal("done paused", await chief.GiveAsync("pause", """{"node":"node-2"}"""));
        await rig.AnnounceAsync(await rig.StripsAsync("pass", Strips));
        await rig["node-2"].SignalAsync("KILL");

        await rig.ClosedAsync("pass");
        Assert.Equal(Strips, await rig.AcceptedAsync("pass"));
        Assert.InRange(await CountAsync(rig, "taken-up"), 1, Strips - 1);
        Assert.Empty(rig.DoubledIds());
    }

    [RequiresPostgresFact]
    public async Task What_the_session_had_goes_with_the_role_to_another_node()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "moved", Quick);
        await rig.UntilAsync(() => Says(rig["node-1"], Listens));
        await rig.AddAsync("node-2");
        var chief = await rig.ChiefAsync();
        foreach (var node in new[] { "node-1", "node-2" })
        {
            Assert.Equal("done paused", await chief.GiveAsync("pause", $$"""{"node":"{{node}}"}"""));
        }

        // Each node holds its part, and the session of node-1 copies of all; nobody settles any.
        await rig.AnnounceAsync(await rig.StripsAsync("pass", Strips));
        await rig["node-1"].SignalAsync("KILL");
        Assert.Equal("node-2", await rig.OwnedAsync(Role, node => node == "node-2"));
        await rig.UntilAsync(() => Says(rig["node-2"], Listens));
        Assert.Equal(0, await rig.AcceptedAsync("pass"));
        Assert.Equal("done resumed", await chief.GiveAsync("resume", """{"node":"node-2"}"""));

        await rig.ClosedAsync("pass");
        Assert.Equal(Strips, await rig.AcceptedAsync("pass"));
        Assert.Empty(rig.DoubledIds());
        Assert.Empty(rig.First.DeadLetters());
    }

    [RequiresPostgresFact]
    public async Task A_refusal_is_said_once_although_the_session_has_a_copy()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "refused", Quick);
        await rig.UntilAsync(() => Says(rig["node-1"], Listens));
        var strips = await rig.StripsAsync("pass", Strips);
        await rig.AnnounceAsync(strips[0] with { Payload = "{}"u8.ToArray() });
        await rig.AnnounceAsync(strips);
        await rig.ClosedAsync("pass");
        await rig.UntilAsync(async () => await CountAsync(rig, "known") == Strips + 1);
        Assert.Single(rig.First.DeadLetters());
        Assert.Equal(0, await CountAsync(rig, "taken-up"));
    }

    private static Task<bool> Says(SpexProgram node, string words) =>
        Task.FromResult(node.Output.Contains(words, StringComparison.Ordinal));

    private static Task<double> CountAsync(SharedRig rig, string result) =>
        rig.First.MetricAsync($"spex_catch_up_total{{result=\"{result}\"}}");
}
