using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Ends of passes, said to a running daemon.</summary>
public sealed class PassTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [RequiresMosquittoFact]
    public async Task A_scene_whose_strips_nobody_counted_closes_when_its_pass_is_over()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "pass");
        var file = Path.Combine(rig.Incoming, "strip.tif");
        File.Copy(raster.Path, file);
        await using var client = await rig.ConnectAsync("station");
        await DaemonRig.AnnounceAsync(client, Encoding.UTF8.GetBytes(Strip(file).ToJsonString()));
        await EndAsync(client, """{"type":"Feature","properties":{"spex:event":"schedule","spex:scene_id":"pass"}}""");
        await Eventually.HoldsAsync(
            () => rig.DeadLetters().Contains("bad-field") && rig.Heard("out/scene/").Length == 1);

        await EndAsync(client, """{"type":"Feature","properties":{"spex:event":"end-of-pass","spex:scene_id":"pass"}}""");
        await rig.ClosedAsync("pass");
        var closed = rig.Heard("out/scene/").Select(DaemonRig.Data).Last()["properties"]!;
        Assert.Equal("end-of-pass", closed["spex:close_reason"]!.ToString());
        Assert.Single(rig.DeadLetters());
    }

    private static Task EndAsync(IMqttConnection client, string payload) => client.PublishAsync(
        new MqttMessage
        {
            Topic = $"spex/a/{DaemonRig.Station}/in/scene/sat-1/msi",
            Payload = Encoding.UTF8.GetBytes(payload),
            Qos = MqttQos.AtLeastOnce,
        },
        CancellationToken.None);

    private static JsonObject Strip(string file) => new()
    {
        ["type"] = "Feature",
        ["stac_version"] = "1.1.0",
        ["id"] = "pass-0",
        ["properties"] = new JsonObject
        {
            ["datetime"] = TimeProvider.System.GetUtcNow().ToString("O"),
            ["platform"] = "sat-1",
            ["spex:scene_id"] = "pass",
            ["spex:strip_index"] = 0,
            ["spex:row_offset"] = 0,
        },
        ["assets"] = new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["href"] = file,
                ["raster:scale"] = 0.0001,
                ["bands"] = new JsonArray([.. new[] { "blue", "green", "red", "nir", "swir16", "swir22" }.Select(
                    name => new JsonObject { ["eo:common_name"] = name })]),
            },
        },
    };
}
