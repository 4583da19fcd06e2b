using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>One trace from an announcement to everything that follows from it.</summary>
public sealed class TraceTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = $"00-{Trace}-00f067aa0ba902b7-01";

    // The one has a mask that is none.
    private const string Rules = """
        version: 1
        areas: areas.geojson
        references: { usual: areas.geojson }
        rules:
          - { id: wet, class: water, metric: share, enter: 0.5, exit: 0.1, minimum_clear_percent: 10, severity: minor }
          - { id: flood, class: water, metric: change, baseline: { reference: usual }, enter: 5, exit: 2, severity: minor }
        """;

    [RequiresMosquittoFact]
    public async Task All_messages_and_log_lines_of_a_scene_carry_the_trace_of_its_announcement_and_so_do_dead_letters()
    {
        var rules = MadeRules.Write(raster, "trace", Rules);
        await using var rig = await DaemonRig.StartAsync(raster, "trace", "--json-log", "true", "--rules", rules);
        var file = Path.Combine(rig.Incoming, "strip.tif");
        File.Copy(raster.Path, file);
        await using var client = await rig.ConnectAsync("station");
        await AnnounceAsync(client, Strip(file));
        await AnnounceAsync(client, "{\"type\":\"Feature\"}");
        await rig.ClosedAsync("pass");
        await Eventually.HoldsAsync(() => rig.DeadLetters().Length == 1);
        // The log is written behind the messages.
        foreach (var text in new[] { "Scene pass: revision 1 closed", "raised by rule wet" })
        {
            await Eventually.HoldsAsync(() => rig.Daemon.Output.Contains(text, StringComparison.Ordinal));
        }

        var told = rig.Heard("out/").Concat(rig.Heard("state/scene/")).Concat(rig.Heard("dlq/")).ToArray();
        Assert.True(told.Length > 6, $"{told.Length} messages");
        Assert.All(told, message => Assert.Equal(Parent, message.UserProperty("traceparent")));

        var lines = rig.Daemon.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!).ToArray();
        var ofScene = lines.Where(line => line["State"]?["Scene"]?.ToString() == "pass").ToArray();
        Assert.True(ofScene.Length >= 3, rig.Daemon.Output);
        Assert.Contains(ofScene, line => line["EventId"]!.GetValue<int>() == 2103);
        var ofAlert = lines.Where(line => line["State"]?["Alert"] is not null).ToArray();
        Assert.Single(ofAlert);
        Assert.All(ofScene.Concat(ofAlert), line => Assert.Equal(Trace, line["State"]!["Trace"]!.ToString()));
    }

    private static Task AnnounceAsync(IMqttConnection client, string payload) => client.PublishAsync(
        new MqttMessage
        {
            Topic = $"spex/a/{DaemonRig.Station}/in/strip/sat-1/msi",
            Payload = Encoding.UTF8.GetBytes(payload),
            Qos = MqttQos.AtLeastOnce,
            UserProperties = [new MqttUserProperty("traceparent", Parent)],
        },
        CancellationToken.None);

    private static string Strip(string file)
    {
        var bands = string.Join(',', new[] { "blue", "green", "red", "nir", "swir16", "swir22" }.Select(
            name => $"{{\"eo:common_name\":\"{name}\"}}"));
        return $$"""
            {"type":"Feature","stac_version":"1.1.0","id":"pass-0","properties":
            {"datetime":"{{TimeProvider.System.GetUtcNow():O}}","platform":"sat-1","spex:scene_id":"pass",
            "spex:strip_index":0,"spex:strip_count":1,"spex:row_offset":0},
            "assets":{"data":{"href":"{{file}}","raster:scale":0.0001,"bands":[{{bands}}] } } }
            """;
    }
}
