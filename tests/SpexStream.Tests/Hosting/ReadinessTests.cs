using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Metrics;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Telemetry;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Hosting;

// Other tests of this process run whole daemons, whose instruments are on the page, too: hence the names.
public sealed class ReadinessTests : IDisposable
{
    private readonly MetricRegistry _registry = new();
    private readonly SpexMeter _meter = new();

    [Fact]
    public void Every_part_is_a_series_and_the_worst_gives_the_reason()
    {
        string? disks = null;
        var readiness = new Readiness(
            _meter, ("test-broker", () => null), ("test-disks", () => disks),
                ("test-background", () => "alerting ended"));
        Assert.Equal("alerting ended", readiness.Trouble);
        Assert.Equal(
            ["spex_ready{part=\"test-broker\"} 1", "spex_ready{part=\"test-disks\"} 1",
                "spex_ready{part=\"test-background\"} 0"],
            Samples("spex_ready{part=\"test-"));
        disks = "full";
        Assert.Equal("full", readiness.Trouble);
        Assert.Contains("spex_ready{part=\"test-disks\"} 0", Samples("spex_ready{part=\"test-"));
    }

    [Fact]
    public void The_age_of_a_queue_is_that_of_its_oldest_work()
    {
        var clock = new ManualClock(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        var tally = new StageTally();
        var ages = new QueueAges([QueueAges.Of("test-journal", tally)], _meter, clock);
        tally.Begin();
        Pass();
        tally.Begin();
        Pass();
        Assert.Equal(["spex_queue_oldest_seconds{stage=\"test-journal\"} 20"],
            Samples("spex_queue_oldest_seconds{stage=\"test-"));
        tally.End();
        Assert.Equal(["spex_queue_oldest_seconds{stage=\"test-journal\"} 10"],
            Samples("spex_queue_oldest_seconds{stage=\"test-"));
        tally.End();
        Assert.Equal(["spex_queue_oldest_seconds{stage=\"test-journal\"} 0"],
            Samples("spex_queue_oldest_seconds{stage=\"test-"));

        void Pass()
        {
            ages.Observe();
            clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    public void Dispose()
    {
        _meter.Dispose();
        _registry.Dispose();
    }

    private string[] Samples(string start) =>
    [
        .. MetricsText.Write(_registry.Collect(), openMetrics: false).Split('\n')
            .Where(line => line.StartsWith(start, StringComparison.Ordinal)),
    ];
}
