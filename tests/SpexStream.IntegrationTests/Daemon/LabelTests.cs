using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Whatever ids come in, the labels of the metrics stay few: each series of Prometheus costs for
/// months.</summary>
public sealed partial class LabelTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    private const string Odd = "odd-one";

    // Label and the values that it may have; a label that is not here is not bounded by anything we know.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["stage"] = "[a-z-]+",
        ["reason"] = "[a-z-]+",
        ["result"] = "accepted|duplicate|refused|complete|incomplete|failed|missing-critical|received|missing",
        ["part"] = "broker|sharing|publish|outbox|pause|disks|runtime|devices|intake|stages|scenes|background",
        ["folder"] = "data|out",
        ["device"] = @"(cpu|cuda):\d+",
        ["kind"] = "failed|out-of-memory|provider-missing|scene|role",
        ["class"] = "water|vegetation|buildings|orphan|spool|work|superseded|product|facts",
        ["severity"] = "minor|moderate|severe|extreme",
        ["state"] = "provisional|confirmed",
        ["transition"] = "raised|confirmed|updated|extended|cleared|cancelled|expired",
        ["backend"] = "spectral|segmentation|spex",
        ["outcome"] = "taken-over|refused",
        ["direction"] = "for-others|by-others",
        ["verb"] = "drain|pause|resume|replay|reprocess|retract|abandon|unknown",
        ["status"] = "done|refused|failed",
        ["work"] = "new|again|archive",
        ["le"] = @"[\d.e+-]+|\+Inf",
        ["version"] = @"[\d.]+",
        ["spexactors"] = "akka|none",
        ["spexmqtt"] = "mqttnet|own",
        ["spexmetrics"] = "prometheus-net|own",
        ["spexort"] = "nuget|npm",
        ["spexgdal"] = "maxrev|system",
    };

    [RequiresMosquittoFact]
    public async Task No_label_takes_the_ids_of_scenes_strips_or_files_and_platforms_are_64_at_most()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "labels", "--commands", "true");
        var file = Path.Combine(rig.Incoming, $"{Odd}.tif");
        File.Copy(raster.Path, file);
        var text = Path.Combine(rig.Incoming, "text.tif");
        File.WriteAllText(text, "no raster");
        await using var client = await rig.ConnectAsync("station");
        for (var number = 0; number < 100; number++)
        {
            await DaemonRig.AnnounceAsync(client, Strip($"{Odd}-{number}", $"{Odd}-{number}", text));
        }

        foreach (var verb in new[] { $"{Odd}-verb", "pause", "resume" })
        {
            await client.PublishAsync(
                new MqttMessage { Topic = $"spex/a/{DaemonRig.Station}/cmd/{verb}", Payload = "{}"u8.ToArray() },
                CancellationToken.None);
        }

        await DaemonRig.AnnounceAsync(client, Strip(Odd, $"{Odd}-last", file));
        await rig.ClosedAsync(Odd);
        await Eventually.HoldsAsync(() => rig.DeadLetters().Length >= 100);

        var labels = Label().Matches((await rig.GetAsync("/metrics")).Body.Split('\n')
            .Where(line => line.StartsWith("spex_", StringComparison.Ordinal)).Aggregate(string.Concat))
            .Select(match => (Name: match.Groups[1].Value, Value: match.Groups[2].Value)).Distinct().ToArray();
        var platforms = labels.Where(label => label.Name == "platform").Select(label => label.Value).ToArray();
        Assert.Contains("other", platforms);
        Assert.InRange(platforms.Length, 2, 65);
        Assert.All(labels.Where(label => label.Name != "platform"), label =>
        {
            Assert.True(Known.TryGetValue(label.Name, out var values), $"the label {label.Name} is not known");
            Assert.Matches($"^({values})$", label.Value);
            Assert.DoesNotContain(Odd, label.Value, StringComparison.Ordinal);
        });
    }

    private static byte[] Strip(string scene, string platform, string file) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = "Feature",
        ["stac_version"] = "1.1.0",
        ["id"] = $"{scene}-0",
        ["properties"] = new JsonObject
        {
            ["datetime"] = TimeProvider.System.GetUtcNow().ToString("O"),
            ["platform"] = platform,
            ["spex:scene_id"] = scene,
            ["spex:strip_index"] = 0,
            ["spex:strip_count"] = 1,
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
    }.ToJsonString());

    [GeneratedRegex("""([a-z_]+)="((?:[^"\\]|\\.)*)["]""")]
    private static partial Regex Label();
}
