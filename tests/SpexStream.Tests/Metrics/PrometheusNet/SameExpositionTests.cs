using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using SpexStream.Daemon.Metrics;
using SpexStream.Daemon.Metrics.PrometheusNet;
using Xunit;

namespace SpexStream.Tests.Metrics.PrometheusNet;

/// <summary>A dashboard must not see which library wrote the metrics.</summary>
public sealed class SameExpositionTests : IDisposable
{
    private readonly Meter _meter = new($"SpexStream.{Guid.NewGuid():n}");
    private readonly MetricRegistry _own = new();
    private readonly PrometheusNetPage _library = new();

    public void Dispose()
    {
        _own.Dispose();
        _library.Dispose();
        _meter.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_sample_has_the_same_name_type_labels_and_value(bool openMetrics)
    {
        Measure();
        var own = await SamplesAsync(_own, openMetrics);
        var library = await SamplesAsync(_library, openMetrics);
        Assert.Equal(13, own.Keys.Select(key => key.Split('{')[0]).Distinct().Count());
        Assert.Equal(own, library);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_family_has_the_same_type_and_help_with_and_without_a_value(bool openMetrics)
    {
        _meter.CreateCounter<long>("same_silent", description: "Never counted.");
        Measure();
        var own = Families(await TextAsync(_own, openMetrics));
        Assert.Contains(own, line => line.StartsWith("# TYPE dotnet_", StringComparison.Ordinal));
        Assert.Contains(
            openMetrics ? "# TYPE same_silent counter" : "# TYPE same_silent_total counter", own);
        Assert.Equal(own, Families(await TextAsync(_library, openMetrics)));
    }

    [Fact]
    public async Task What_has_too_many_labels_becomes_one_series_in_both()
    {
        var counter = _meter.CreateCounter<long>("same_many");
        for (var i = 0; i < MetricShape.MaxSeries + 20; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        var own = await SamplesAsync(_own, openMetrics: false);
        Assert.Equal(20, own["same_many_total{overflow=\"true\"}"]);
        Assert.Equal(own, await SamplesAsync(_library, openMetrics: false));
    }

    [Fact]
    public async Task A_gauge_that_is_measured_no_more_is_gone_from_both()
    {
        string[] states = ["provisional"];
        _meter.CreateObservableGauge("same_alerts", () => states.Select(
            state => new Measurement<double>(1, new KeyValuePair<string, object?>("state", state))));
        foreach (var next in new[] { "confirmed", "provisional" })
        {
            await SamplesAsync(_library, openMetrics: false);
            states = [next];
            var own = await SamplesAsync(_own, openMetrics: false);
            var library = await SamplesAsync(_library, openMetrics: false);
            Assert.Equal([$"same_alerts{{state=\"{next}\"}}"], own.Keys.Where(IsAlerts));
            Assert.Equal(own.Keys.Where(IsAlerts), library.Keys.Where(IsAlerts));
        }

        static bool IsAlerts(string name) => name.StartsWith("same_alerts{", StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_of_a_known_series_makes_no_object()
    {
        var strips = _meter.CreateCounter<long>("known_strips");
        var wait = _meter.CreateHistogram<double>("known_wait", "s");
        var open = _meter.CreateUpDownCounter<int>("known_open");
        KeyValuePair<string, object?>[] tags = [new("platform", "s2a"), new("device", 0), new("result", null)];
        var factory = global::Prometheus.Metrics.WithCustomRegistry(global::Prometheus.Metrics.NewCustomRegistry());
        factory.ExemplarBehavior = global::Prometheus.ExemplarBehavior.NoExemplars();
        foreach (var instrument in new Instrument[] { strips, wait, open })
        {
            var sink = new PrometheusNetSink(new MetricShape(instrument), factory);
            sink.Record(1, tags);
            sink.Record(1, []);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                sink.Record(i, tags);
                sink.Record(i, []);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private void Measure()
    {
        KeyValuePair<string, object?> odd = new("of.what", "a \"b\" \\ c\nd");
        var strips = _meter.CreateCounter<long>("same_strips", description: "Strips.");
        strips.Add(3, new("platform", "s2a"), new("result", "accepted"));
        strips.Add(0, new("platform", "s2b"), new("result", "refused"));
        strips.Add(2, new KeyValuePair<string, object?>("platform", "s2c"));
        _meter.CreateCounter<double>("same.busy", "s", "Busy.").Add(1.25, odd);
        var level = _meter.CreateUpDownCounter<int>("same_level");
        level.Add(5);
        level.Add(-7);
        _meter.CreateGauge<double>("same_share", "1").Record(0.1);
        _meter.CreateObservableCounter("same_bytes", () => 12L, "By");
        _meter.CreateObservableUpDownCounter("same_open_count", () => 4);
        _meter.CreateObservableGauge("same_free", () => new[]
        {
            new Measurement<double>(1e12, new KeyValuePair<string, object?>("folder", "data")),
            new Measurement<double>(double.PositiveInfinity, new KeyValuePair<string, object?>("folder", "out")),
        });
        var usual = _meter.CreateHistogram<double>("same_wait", "s");
        var advised = _meter.CreateHistogram(
            "same_fill", "1", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (var value in new[] { 0.0001, 0.5, 0.75, 1, 4000 })
        {
            usual.Record(value);
            advised.Record(value, new KeyValuePair<string, object?>("device", 0));
        }
    }

    // The runtime's own samples change between two scrapes.
    private static async Task<SortedDictionary<string, double>> SamplesAsync(IMetricsPage page, bool openMetrics)
    {
        var samples = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in (await TextAsync(page, openMetrics)).Split('\n'))
        {
            if (line.StartsWith("same_", StringComparison.Ordinal))
            {
                var end = line.LastIndexOf(' ');
                samples.Add(Bound(line[..end]), Number(line[(end + 1)..]));
            }
        }

        return samples;
    }

    // OpenMetrics allows a bound to be written 1 or 1.0.
    private static string Bound(string series) => series.Replace(".0\"}", "\"}", StringComparison.Ordinal);

    // Prometheus reads all spellings.
    private static double Number(string text) => text is "+Inf" or "Infinity"
        ? double.PositiveInfinity
        : double.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Families(string text) =>
        [.. text.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)
            || line.StartsWith("# HELP same_", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static async Task<string> TextAsync(IMetricsPage page, bool openMetrics) =>
        Encoding.UTF8.GetString(await page.WriteAsync(openMetrics, default));
}
