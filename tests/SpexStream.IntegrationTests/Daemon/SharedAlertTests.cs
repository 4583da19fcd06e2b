using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Alerts of a group of nodes.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedAlertTests(PostgresServer server, MadeRaster raster) : IClassFixture<MadeRaster>
{
    private const string Mark = "mark";

    private const string Rules = """
        version: 1
        areas: areas.geojson
        rules:
          - id: wet
            class: water
            metric: share
            enter: 0.5
            exit: 0.1
            confirm: { passes: 1, of: 1 }
            minimum_clear_percent: 10
            severity: moderate
        """;

    [RequiresPostgresFact]
    public async Task A_scene_that_a_node_without_rules_closed_raises_the_alert_when_a_node_with_rules_is_there()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "bare");
        string[] rules = ["--rules", MadeRules.Write(raster, "bare", Rules)];
        var ruled = await rig.AddAsync("node-2", more: rules);
        // Not before its rules are in force: what was published before alerts are judged is not judged late.
        await rig.UntilAsync(async () => await rig.SqlAsync(
            "SELECT max(last_sequence) FROM scenes WHERE name LIKE '%alerts-a'") is >= 2L);
        await ruled.TerminateAsync();
        Assert.Equal(0, await ruled.ExitAsync());
        await SubmitAsync(rig, "flood", TimeProvider.System.GetUtcNow().AddHours(-1));
        await rig.ClosedAsync("flood");
        Assert.Empty(rig.First.Heard("out/alert/"));
        await rig.AddAsync("node-2", more: rules);
        await rig.UntilAsync(() => Task.FromResult(rig.First.Heard("out/alert/").Length > 0));
        Assert.Equal(
            "raised",
            (string?)DaemonRig.Data(Assert.Single(rig.First.Heard("out/alert/")))["properties"]!["transition"]);
    }

    [RequiresPostgresFact]
    public async Task Open_alerts_are_said_again_by_a_node_that_begins_to_carry_messages_and_not_by_one_that_connects()
    {
        await using var rig = await SharedRig.StartAsync(
            server, raster, "again", $"SPEX_RULES={MadeRules.Write(raster, "again", Rules)}");
        await using var relay = new TcpRelay(rig.First.Broker.Port);
        await rig.AddAsync("node-2", brokerPort: relay.Port);
        var sensed = TimeProvider.System.GetUtcNow().AddHours(-2);
        await SubmitAsync(rig, "rising", sensed);
        await rig.UntilAsync(() => Task.FromResult(rig.First.Heard("state/alert/").Length == 1));
        var listener = await rig.ConnectAsync("states");
        await listener.SubscribeAsync(
            [new MqttSubscription($"spex/a/{DaemonRig.Station}/state/alert/#"), new MqttSubscription(Mark)],
            CancellationToken.None);
        var first = await NextAsync(listener);
        Assert.Equal("node-1", await rig.OwnerAsync("role/outbox"));
        relay.Drop();
        await rig.UntilAsync(() => Task.FromResult(
            (rig["node-2"].Output + rig["node-2"].Error).Split("connection publish: Connected").Length > 2));
        // While this is worked on the other node has time to say it, which would come before.
        await SubmitAsync(rig, "peak", sensed.AddHours(1));
        var second = await NextAsync(listener);
        Assert.NotEqual(first, second);
        await rig.UntilAsync(async () => await rig.SqlAsync("SELECT count(*) FROM outbox") is 0L);
        await rig["node-1"].SignalAsync("KILL");
        await rig["node-1"].ExitAsync();
        await listener.PublishAsync(new() { Topic = Mark, Payload = default }, CancellationToken.None);
        Assert.Equal(Mark, await NextAsync(listener));
        Assert.Equal("node-2", await rig.OwnedAsync("role/outbox", node => node == "node-2"));
        Assert.Equal(second, await NextAsync(listener));
    }

    private static async Task SubmitAsync(SharedRig rig, string scene, DateTimeOffset sensed) =>
        await rig.AnnounceAsync(
            await rig.StripsAsync(scene, 1, "--sensed", $"{sensed:yyyy-MM-dd'T'HH:mm:ss'Z'}"));

    // A state by when it expires, for each pass makes it hold longer; anything else by its topic.
    private static async Task<string> NextAsync(IMqttConnection listener)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        using var delivery = await listener.Deliveries.ReadAsync(limit.Token);
        await delivery.AcknowledgeAsync();
        return delivery.Message.Topic == Mark ? Mark
            : (string)DaemonRig.Data(delivery.Message)["properties"]!["expires"]!;
    }
}
