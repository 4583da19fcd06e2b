using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Weights;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>A real Prometheus with the rules of <c>deploy/</c> scrapes a running daemon.</summary>
public sealed partial class PrometheusTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    // Only nodes that share a journal, or have rules for alerts, have these.
    private static readonly string[] OfOthers =
        ["spex_leases_held", "spex_inbox_depth", "spex_alerts_open", "spex_alert_rule_faults"];

    [RequiresPrometheusFact]
    public async Task All_rules_load_and_every_query_of_rules_and_boards_asks_for_what_a_run_has()
    {
        var pack = Path.Combine(raster.NewFolder("prometheus-packs"), "tiny");
        TinySpex.Write(7, pack, Precision.Float32, 64, 8);
        await using var rig = await DaemonRig.StartWithAsync(
            raster, "prometheus", ["SPEX_CANARYSECONDS=0.5"], "--backend", pack, "--classes", "water");
        var (code, _, error) = await SpexProgram.RunAsync(
        [
            "submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", "pass", "--strips", "2",
            "--spool", rig.Incoming,
        ]);
        Assert.True(code == 0, error);
        await rig.ClosedAsync("pass");
        await using var prometheus = await PrometheusServer.StartAsync(rig.Port);

        var rules = await LoadedAsync(prometheus);
        var exposed = Family().Matches((await rig.GetAsync("/metrics")).Body).Select(match => match.Groups[1].Value);
        var known = exposed.Concat(OfOthers)
            .Concat(
                rules.Where(rule => rule["type"]!.ToString() == "recording").Select(rule => rule["name"]!.ToString()))
            .ToHashSet();
        var boards = BoardQueries().ToArray();
        Assert.True(boards.Length > 50, $"{boards.Length} queries");
        Assert.All(rules.Select(rule => rule["query"]!.ToString()).Concat(boards), query =>
            Assert.All(Name().Matches(query).Select(match => Part().Replace(match.Value, string.Empty)), name =>
                Assert.True(known.Contains(name), $"no run has {name}, which is asked for in {query}")));
        foreach (var query in boards)
        {
            // What it cannot read it refuses.
            await prometheus.QueryAsync(query);
        }

        await prometheus.HoldsAsync(
            async () => (await prometheus.QueryAsync("spex:queue_filled:ratio{stage=\"journal\"}")).Count > 0);
        await prometheus.HoldsAsync(() => FiresAsync(prometheus, "SpexWatchdog", ""));
        // Before its first scrape there was none of ours.
        await prometheus.HoldsAsync(async () =>
            (await prometheus.QueryAsync("ALERTS{severity=\"page\",alertstate=\"firing\"}")).Count == 0);
    }

    [RequiresPrometheusFact]
    public async Task A_broker_that_stands_still_in_the_middle_of_a_pass_fires_the_alert_of_the_stalled_stage()
    {
        await using var rig = await DaemonRig.StartWithAsync(
            raster, "stall", ["SPEX_STALLSECONDS=10", "SPEX_CANARYSECONDS=0.5"]);
        await using var prometheus = await PrometheusServer.StartAsync(rig.Port);
        var (code, _, error) = await SpexProgram.RunAsync(
        [
            "submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", "pass", "--strips", "3",
            "--spool", rig.Incoming,
        ]);
        Assert.True(code == 0, error);
        await Eventually.HoldsAsync(() => rig.Heard("out/scene/").Length > 0);
        await rig.Broker.FreezeAsync();
        var folder = Path.Combine(rig.Out, "pass");
        await Eventually.HoldsAsync(() => Directory.Exists(folder));
        await prometheus.HoldsAsync(() => FiresAsync(prometheus, "SpexStageStalled", "stage=\"publish\""));
        await rig.Broker.ThawAsync();
        await prometheus.HoldsAsync(async () => !await FiresAsync(prometheus, "SpexStageStalled", ""));
        await rig.ClosedAsync("pass");
    }

    private static async Task<bool> FiresAsync(PrometheusServer prometheus, string name, string labels) =>
        (await prometheus.QueryAsync($"ALERTS{{alertname=\"{name}\",alertstate=\"firing\",{labels}}}")).Count > 0;

    // Each was evaluated at least once, and none failed.
    private static async Task<JsonNode[]> LoadedAsync(PrometheusServer prometheus)
    {
        JsonNode[] rules = [];
        await prometheus.HoldsAsync(async () =>
        {
            rules = [.. (await prometheus.GetAsync("/api/v1/rules"))["groups"]!.AsArray()
                .SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!)];
            return rules.All(rule => rule["health"]!.ToString() != "unknown");
        });
        var written = Directory.EnumerateFiles(
            Path.Combine(PrometheusServer.Repository(), "deploy/prometheus/rules"), "*.yml")
            .Sum(file => Rule().Count(File.ReadAllText(file)));
        Assert.Equal(written, rules.Length);
        Assert.All(rules, rule => Assert.True(rule["health"]!.ToString() == "ok", rule.ToJsonString()));
        return rules;
    }

    private static IEnumerable<string> BoardQueries() => Directory.EnumerateFiles(
        Path.Combine(PrometheusServer.Repository(), "deploy/grafana/dashboards"), "*.json")
        .Select(file => JsonNode.Parse(File.ReadAllText(file))!)
        .SelectMany(board => board["panels"]!.AsArray())
        .SelectMany(panel => panel!["targets"]!.AsArray())
        .Select(target => target!["expr"]!.ToString()
            .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
            .Replace("$station", ".*", StringComparison.Ordinal)
            .Replace("$instance", ".*", StringComparison.Ordinal));

    [GeneratedRegex("^# TYPE ([a-z0-9_]+) ", RegexOptions.Multiline)]
    private static partial Regex Family();

    [GeneratedRegex(@"(?<![""=~a-z_.:])(spex|dotnet)[_:][a-z0-9_:]+")]
    private static partial Regex Name();

    [GeneratedRegex("(?<=_(seconds|ratio))_(bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex(@"^\s+- (alert|record): ", RegexOptions.Multiline)]
    private static partial Regex Rule();
}
