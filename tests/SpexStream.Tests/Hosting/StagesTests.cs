using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Metrics;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Telemetry;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Hosting;

public sealed class StagesTests : IDisposable
{
    private readonly ManualClock _clock = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly MetricRegistry _registry = new();
    private readonly SpexMeter _meter = new();
    private readonly StageTally _intake = new();
    private readonly StageTally _tiles = new();
    private readonly Stages _stages;

    public StagesTests() => _stages = new Stages(
        [Stage.Of("intake", _intake), Stage.Of("tiles", _tiles)], TimeSpan.FromSeconds(60), _meter, _clock,
            NullLogger.Instance);

    [Fact]
    public void A_stage_that_stands_still_is_named_with_its_time_and_shown_as_a_metric_until_it_goes_on()
    {
        _tiles.Begin();
        _intake.Begin();
        Pass(59);
        Assert.Null(_stages.Trouble);
        _intake.Step();
        Pass(31);
        Assert.Equal("stage tiles has work and has made no progress for 90 s", _stages.Trouble);
        Assert.Contains("spex_stage_stalled{stage=\"tiles\"} 1", Metrics(), StringComparison.Ordinal);
        Assert.Contains("spex_stage_stalled{stage=\"intake\"} 0", Metrics(), StringComparison.Ordinal);
        _tiles.End();
        Pass(1);
        Assert.Null(_stages.Trouble);
        Assert.Contains("spex_stage_stalled{stage=\"tiles\"} 0", Metrics(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _meter.Dispose();
        _registry.Dispose();
    }

    private string Metrics() => MetricsText.Write(_registry.Collect(), openMetrics: false);

    private void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _stages.Observe();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _stages.Observe();
    }
}
