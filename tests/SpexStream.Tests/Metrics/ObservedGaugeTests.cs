using System.Diagnostics.Metrics;
using SpexStream.Daemon.Metrics;
using Xunit;

namespace SpexStream.Tests.Metrics;

public sealed class ObservedGaugeTests : IDisposable
{
    private readonly Meter _meter = new($"SpexStream.{Guid.NewGuid():n}");
    private readonly MetricRegistry _registry = new();

    [Fact]
    public void A_series_that_is_measured_no_more_is_gone_and_comes_back_with_its_next_value()
    {
        string[] states = ["provisional"];
        _meter.CreateObservableGauge("seen_alerts", () => states.Select(
            state => new Measurement<double>(1, new KeyValuePair<string, object?>("state", state))));
        Assert.Equal(["seen_alerts{state=\"provisional\"} 1"], Samples("seen_alerts{"));
        states = ["confirmed"];
        Assert.Equal(["seen_alerts{state=\"confirmed\"} 1"], Samples("seen_alerts{"));
        states = [];
        Assert.Empty(Samples("seen_alerts{"));
        states = ["provisional"];
        Assert.Equal(["seen_alerts{state=\"provisional\"} 1"], Samples("seen_alerts{"));
    }

    [Fact]
    public void One_that_cannot_be_measured_shows_nothing_and_takes_no_other_along()
    {
        var isThere = true;
        _meter.CreateObservableGauge("seen_disk", () => isThere ? 7.0 : throw new IOException("stale mount"));
        _meter.CreateObservableGauge("seen_after", () => 1.0);
        Assert.Equal(["seen_disk 7"], Samples("seen_disk"));
        isThere = false;
        Assert.Empty(Samples("seen_disk"));
        Assert.Equal(["seen_after 1"], Samples("seen_after"));
    }

    [Fact]
    public void What_was_counted_stays()
    {
        _meter.CreateCounter<long>("seen_strips").Add(3);
        Samples("seen_");
        Assert.Equal(["seen_strips_total 3"], Samples("seen_strips"));
    }

    public void Dispose()
    {
        _registry.Dispose();
        _meter.Dispose();
    }

    private string[] Samples(string start) =>
    [
        .. MetricsText.Write(_registry.Collect(), openMetrics: false).Split('\n')
            .Where(line => line.StartsWith(start, StringComparison.Ordinal)),
    ];
}
