using System.Diagnostics;
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
    // One of the two is raised, whatever the model makes of the scene.
    private const string Rules = """
        version: 1
        areas: areas.geojson
        rules:
          - { id: wet, class: water, metric: share, enter: 1, exit: 0.5, severity: moderate,
              minimum_clear_percent: 1, confirm: { passes: 1, of: 1 } }
          - { id: dry, class: water, metric: share, enter: 1, exit: 1.5, severity: minor,
              minimum_clear_percent: 1, confirm: { passes: 1, of: 1 } }
        """;

    // What a station in good order, of one node, has no series of; what documentation says of them is all there is.
    private static readonly HashSet<string> OfOthers =
    [
        "spex_catch_up_total", "spex_catch_up_waiting", "spex_inbox_depth", "spex_leases_held", "spex_shards",
        "spex_scene_takeovers_total", "spex_tiles_shared_total", "spex_degraded_total", "spex_device_failures_total",
        "spex_model_swaps_total", "spex_tiles_given_up_total", "spex_mqtt_publish_faults_total", "spex_retries_total",
        "spex_alert_scenes_passed_over_total", "spex_retention_deleted_bytes_total",
        "spex_explanations_rejected_total",
    ];

    [RequiresPrometheusFact]
    public async Task Every_query_of_rules_and_boards_asks_for_what_a_run_has_and_nobody_is_woken()
    {
        await using var rig = await WorkAsync();
        await using var prometheus = await PrometheusServer.StartAsync(rig.Port);
        var rules = await LoadedAsync(prometheus);
        await prometheus.HoldsAsync(() => FiresAsync(prometheus, "SpexWatchdog", ""));
        await prometheus.HoldsAsync(
            async () => (await prometheus.QueryAsync("spex:queue_filled:ratio{stage=\"journal\"}")).Count > 0);
        // Long enough for each to be pending and to fire.
        var seconds = await prometheus.EvaluatedForAsync(2 * PrometheusServer.ShortWait);
        var pages = await prometheus.QueryAsync(
            $"max_over_time(ALERTS{{severity=\"page\", alertstate=\"firing\"}}[{seconds}s])");
        Assert.True(pages.Count == 0, pages.ToJsonString());

        var known = await KnownAsync(prometheus, rules, (await rig.GetAsync("/metrics")).Body);
        // Written in the code somewhere, or nobody could have documented it.
        Assert.All(OfOthers, name => Assert.NotEmpty(known[name].Words));
        Assert.Empty(known.Where(metric => metric.Key.StartsWith("spex_", StringComparison.Ordinal)
            && metric.Value.Series.Count == 0 && !OfOthers.Contains(metric.Key)).Select(metric => metric.Key));
        var check = new QueryCheck(known);
        var boards = BoardQueries().ToArray();
        Assert.True(boards.Length > 50, $"{boards.Length} queries");
        Assert.Empty(
            rules.Select(rule => (Query: rule["query"]!.ToString(), Shown: Shown().Matches($"{rule["annotations"]}")))
                .Concat(boards.Select(board => (board.Query, Shown: Shown().Matches(board.Legend))))
                .SelectMany(asked => check.Faults(asked.Query, asked.Shown.Select(match => match.Groups[1].Value))
                    .Select(fault => $"{asked.Query}: {fault}")));
        foreach (var (query, legend) in boards)
        {
            // What it cannot read it refuses; an answer has all the labels that are shown of it.
            var answer = await prometheus.QueryAsync(query);
            Assert.All(answer, series => Assert.All(
                Shown().Matches(legend).Select(match => match.Groups[1].Value),
                label => Assert.True(series!["metric"]![label] is not null, $"{query} has no {label}")));
        }

        // They would have been heard.
        await rig.Daemon.SignalAsync("KILL");
        await prometheus.HoldsAsync(() => FiresAsync(prometheus, "SpexDown", "severity=\"page\""));
    }

    [RequiresPrometheusFact]
    public async Task A_broker_that_stands_still_in_the_middle_of_a_pass_fires_the_alert_of_the_stalled_stage()
    {
        await using var rig = await DaemonRig.StartWithAsync(
            raster, "stall", ["SPEX_STALLSECONDS=10", "SPEX_CANARYSECONDS=0.5"]);
        await using var prometheus = await PrometheusServer.StartAsync(rig.Port);
        await SubmitAsync(rig, "pass", 3);
        await Eventually.HoldsAsync(() => rig.Heard("out/scene/").Length > 0);
        Assert.False(await FiresAsync(prometheus, "SpexStageStalled", ""));
        await rig.Broker.FreezeAsync();
        var folder = Path.Combine(rig.Out, "pass");
        await Eventually.HoldsAsync(() => Directory.Exists(folder));
        await prometheus.HoldsAsync(() => FiresAsync(prometheus, "SpexStageStalled", "stage=\"publish\""));
        await prometheus.HoldsAsync(() => FiresAsync(prometheus, "SpexNotReady", "part=\"stages\""));
        await rig.Broker.ThawAsync();
        await prometheus.HoldsAsync(async () => !await FiresAsync(prometheus, "SpexStageStalled", "")
            && !await FiresAsync(prometheus, "SpexNotReady", ""));
        await rig.ClosedAsync("pass");
    }

    [RequiresPromtoolFact]
    public async Task Promtool_finds_nothing_to_complain_of_in_a_daemon_that_has_worked()
    {
        await using var rig = await WorkAsync();
        using var promtool = Process.Start(
            new ProcessStartInfo(RequiresPromtoolFactAttribute.Executable!, ["check", "metrics"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        await promtool.StandardInput.WriteAsync((await rig.GetAsync("/metrics")).Body);
        promtool.StandardInput.Close();
        var complaints = await promtool.StandardError.ReadToEndAsync() + await promtool.StandardOutput.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        Assert.Equal((0, string.Empty), (promtool.ExitCode, complaints));
    }

    /// <summary>A daemon with a model, alert rules and commands that has had some of everything.</summary>
    private async Task<DaemonRig> WorkAsync()
    {
        var folder = Guid.NewGuid().ToString("n")[..8];
        var pack = Path.Combine(raster.NewFolder($"{folder}-packs"), "tiny");
        TinySpex.Write(7, pack, Precision.Float32, 64, 8);
        var rules = MadeRules.Write(raster, folder, Rules);
        var rig = await DaemonRig.StartWithAsync(
            raster, folder, ["SPEX_CANARYSECONDS=0.5"], "--backend", pack, "--classes", "water", "--commands", "true",
            "--rules", rules);
        try
        {
            await SubmitAsync(rig, "pass", 2);
            await rig.ClosedAsync("pass");
            // The same again, and one that is none.
            await SubmitAsync(rig, "pass", 2);
            await using var client = await rig.ConnectAsync("station");
            await DaemonRig.AnnounceAsync(client, "{}"u8.ToArray());
            await Eventually.HoldsAsync(() => rig.DeadLetters().Length > 0);
            await (await new CommandClient(client, "op").ListenAsync()).AskAsync("resume");
            await File.WriteAllTextAsync(rules, Rules.Replace("version: 1", "version: 1 ", StringComparison.Ordinal));
            await Eventually.HoldsAsync(async () =>
                await rig.MetricAsync("spex_alert_rule_reloads_total{result=\"used\"}") > 0
                && await rig.MetricAsync("spex_strip_duplicates_total") > 0 && rig.Heard("out/alert/").Length > 0);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    private async Task SubmitAsync(DaemonRig rig, string scene, int strips)
    {
        var (code, _, error) = await SpexProgram.RunAsync(
        [
            "submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", scene, "--strips",
            $"{strips}", "--spool", rig.Incoming,
        ]);
        Assert.True(code == 0, error);
    }

    private static async Task<bool> FiresAsync(PrometheusServer prometheus, string name, string labels) =>
        (await prometheus.QueryAsync($"ALERTS{{alertname=\"{name}\",alertstate=\"firing\",{labels}}}")).Count > 0;

    // Each was evaluated at least once, and none failed.
    private static async Task<JsonNode[]> LoadedAsync(PrometheusServer prometheus)
    {
        JsonNode[] rules = [];
        await prometheus.HoldsAsync(async () =>
        {
            rules = await prometheus.RulesAsync();
            return rules.All(rule => rule["health"]!.ToString() != "unknown");
        });
        var written = Directory.EnumerateFiles(
            Path.Combine(PrometheusServer.Repository(), "deploy/prometheus/rules"), "*.yml")
            .Sum(file => Rule().Count(File.ReadAllText(file)));
        Assert.Equal(written, rules.Length);
        Assert.All(rules, rule => Assert.True(rule["health"]!.ToString() == "ok", rule.ToJsonString()));
        return rules;
    }

    /// <summary>Every metric of the page, and all that the rules record, with the series that the server has.</summary>
    private static async Task<Dictionary<string, KnownMetric>> KnownAsync(
        PrometheusServer prometheus, JsonNode[] rules, string page)
    {
        var rows = File.ReadAllLines(Path.Combine(PrometheusServer.Repository(), "docs/metrics.md"))
            .Where(line => line.StartsWith('|')).ToArray();
        var recorded = rules.Where(rule => rule["type"]!.ToString() == "recording").ToDictionary(
            rule => rule["name"]!.ToString(), rule => rule["query"]!.ToString());
        var known = new Dictionary<string, KnownMetric>();
        foreach (var name in Family().Matches(page).Select(match => match.Groups[1].Value)
            .Concat(OfOthers).Concat(recorded.Keys).Concat(["up", "ALERTS"]).Distinct())
        {
            var series = await prometheus.GetAsync("/api/v1/series?match[]=" + Uri.EscapeDataString(
                $"{{__name__=~\"{name}(_bucket|_sum|_count)?\"}}"));
            known[name] = new(
                [
                    .. series.AsArray().Select(one => one!.AsObject().ToDictionary(
                        label => label.Key, label => label.Value!.ToString())),
                ],
                name == "ALERTS" ? "alertname alertstate firing" : recorded.GetValueOrDefault(name)
                    ?? string.Join('\n', rows.Where(row => row.Contains($"`{name}`", StringComparison.Ordinal))));
        }

        return known;
    }

    private static IEnumerable<(string Query, string Legend)> BoardQueries() => Directory.EnumerateFiles(
        Path.Combine(PrometheusServer.Repository(), "deploy/grafana/dashboards"), "*.json")
        .Select(file => JsonNode.Parse(File.ReadAllText(file))!)
        .SelectMany(board => board["panels"]!.AsArray())
        .SelectMany(panel => panel!["targets"]!.AsArray())
        .Select(target => (
            target!["expr"]!.ToString()
                .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
                .Replace("$station", ".*", StringComparison.Ordinal)
                .Replace("$instance", ".*", StringComparison.Ordinal),
            target["legendFormat"]!.ToString()));

    [GeneratedRegex("^# TYPE ([a-z0-9_]+) ", RegexOptions.Multiline)]
    private static partial Regex Family();

    [GeneratedRegex(@"\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}")]
    private static partial Regex Shown();

    [GeneratedRegex(@"^\s+- (alert|record): ", RegexOptions.Multiline)]
    private static partial Regex Rule();
}
