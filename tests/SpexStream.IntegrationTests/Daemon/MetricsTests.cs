using System.Text.RegularExpressions;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

public sealed partial class MetricsTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    // The written interface: a dashboard or an alert rule may rest on each of these.
    private static readonly string[] Names =
    [
        "spex_strips_received_total", "spex_strip_duplicates_total", "spex_scene_completeness_ratio",
        "spex_scene_timeliness_seconds",
        "spex_stage_latency_seconds", "spex_queue_depth", "spex_credits_available", "spex_backend_total",
        "spex_deadletter_total",
        "spex_retries_total", "spex_outbox_depth", "spex_mqtt_publish_ack_seconds", "spex_disk_free_bytes",
        "spex_explanations_rejected_total", "spex_build_info", "spex_queue_oldest_seconds", "spex_gpu_batch_size",
        "spex_gpu_busy_ratio", "spex_degraded_total", "spex_retention_deleted_bytes_total",
        "spex_alert_transitions_total",
        "spex_shards", "spex_restarts_total", "spex_ready", "process_start_time_seconds",
    ];

    [RequiresMosquittoFact]
    public async Task The_metrics_are_there_before_and_after_a_scene()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "metrics");
        AssertWellFormed((await rig.GetAsync("/metrics")).Body);
        var (code, _, error) = await SpexProgram.RunAsync(
            ["submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", "pass", "--strips", "3",
                "--spool", rig.Incoming]);
        Assert.True(code == 0, error);
        await rig.ClosedAsync("pass");
        var (_, body, type) = await rig.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", type);
        AssertWellFormed(body);
        AssertDocumented(body);
        Assert.Equal(1, await rig.MetricAsync("spex_scene_completeness_ratio{platform=\"sat-1\"}"));
        Assert.Equal(
            1, await rig.MetricAsync("spex_scene_timeliness_seconds_count{platform=\"sat-1\",work=\"new\"}"));
        Assert.Equal(1, await rig.MetricAsync("spex_broker_connected"));
        Assert.Equal(1, await rig.MetricAsync("spex_ready{part=\"broker\"}"));
        var age = TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch.AddSeconds(
            await rig.MetricAsync("process_start_time_seconds"));
        Assert.InRange(age.TotalSeconds, 0, 600);
        Assert.True(await rig.MetricAsync("spex_disk_free_bytes{folder=\"out\"}") > 0);
    }

    [RequiresMosquittoFact]
    public async Task A_scraper_that_asks_for_openmetrics_gets_it()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "open");
        var (_, body, type) = await rig.GetAsync(
            "/metrics", "application/openmetrics-text; version=1.0.0,text/plain;q=0.5");
        Assert.StartsWith("application/openmetrics-text", type, StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", body, StringComparison.Ordinal);
        // Families of counters go without the suffix of their samples.
        Assert.Contains("# TYPE spex_strips_received counter\n", body, StringComparison.Ordinal);
        Assert.DoesNotContain("# TYPE spex_strips_received_total", body, StringComparison.Ordinal);
    }

    // Every name has a row, with the labels that its samples have; buckets carry one more.
    private static void AssertDocumented(string body)
    {
        var rows = File.ReadAllLines(Page())
            .Select(line => line.Split('|')).Where(row => row.Length >= 5).ToArray();
        foreach (var sample in body.Split('\n').Where(line => line.StartsWith("spex_", StringComparison.Ordinal)))
        {
            var name = Suffix().Replace(sample.Split('{', ' ')[0], string.Empty);
            var row = rows.FirstOrDefault(row => row[1].Contains($"`{name}`", StringComparison.Ordinal));
            Assert.True(row is not null, $"docs/metrics.md lacks {name}");
            var labels = row[3].Split(',', StringSplitOptions.TrimEntries);
            Assert.All(
                Label().Matches(sample).Select(match => match.Groups[1].Value).Where(label => label != "le"),
                label => Assert.True(labels.Contains(label), $"docs/metrics.md lacks the label {label} of {name}"));
        }
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SpexStream.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside of the repository");
        }

        return Path.Combine(folder.FullName, "docs", "metrics.md");
    }

    private static void AssertWellFormed(string body)
    {
        var lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var types = lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2]).ToArray();
        Assert.Empty(types.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.All(Names, name => Assert.Contains(name, types));
        Assert.All(lines.Where(line => line[0] != '#'), line => Assert.Matches(Sample(), line));
        // Two samples of one series would make a scrape fail as a whole.
        var series = lines.Where(line => line[0] != '#').Select(line => line[..line.LastIndexOf(' ')]);
        Assert.Empty(series.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [GeneratedRegex("(?<=_(seconds|ratio|size))_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex("""[{,]([a-z_]+)=""")]
    private static partial Regex Label();

    [GeneratedRegex("""^[a-z_][a-z0-9_]*(\{([a-z_][a-z0-9_]*="([^"\\]|\\.)*",?)+\})? (NaN|[+-]Inf|[-+0-9.eE]+)$""")]
    private static partial Regex Sample();
}
