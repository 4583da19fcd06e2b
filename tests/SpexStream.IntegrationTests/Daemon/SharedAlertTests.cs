using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Alerts of a group whose nodes do not all have rules.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedAlertTests(PostgresServer server, MadeRaster raster) : IClassFixture<MadeRaster>
{
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
        var sensed = TimeProvider.System.GetUtcNow().AddHours(-1);
        await rig.AnnounceAsync(
            await rig.StripsAsync("flood", 1, "--sensed", $"{sensed:yyyy-MM-dd'T'HH:mm:ss'Z'}"));
        await rig.ClosedAsync("flood");
        Assert.Empty(rig.First.Heard("out/alert/"));
        await rig.AddAsync("node-2", more: rules);
        await rig.UntilAsync(() => Task.FromResult(rig.First.Heard("out/alert/").Length > 0));
        Assert.Equal(
            "raised",
            (string?)DaemonRig.Data(Assert.Single(rig.First.Heard("out/alert/")))["properties"]!["transition"]);
    }
}
