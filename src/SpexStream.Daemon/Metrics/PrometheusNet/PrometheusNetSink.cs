using System.Collections.Concurrent;
using Prometheus;

namespace SpexStream.Daemon.Metrics.PrometheusNet;

/// <summary>
/// One instrument as metrics of prometheus-net: one for each set of label names, all of one family. What takes the
/// values of a series is asked of the library once and kept.
/// </summary>
internal sealed class PrometheusNetSink : IMetricSink
{
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Action<double>> _series =
        new(TagsComparer.Instance);

    private readonly MetricShape _shape;
    private readonly MetricFactory _factory;
    private readonly ConcurrentDictionary<Gauge.Child, bool> _old = new();
    private Action<double>? _overflow;

    public PrometheusNetSink(MetricShape shape, MetricFactory factory)
    {
        (_shape, _factory) = (shape, factory);

        // Declares the family, so that its name is there before its first value.
        Series([], []);
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kept = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        if (!kept.TryGetValue(tags, out var series))
        {
            series = _series.Count < MetricShape.MaxSeries
                ? _series.GetOrAdd(tags.ToArray(), Series)
                : _overflow ??= Series([MetricShape.OverflowLabel], ["true"]);
        }

        series(value);
    }

    public void Age()
    {
        if (_shape.IsShownWhileMeasured)
        {
            foreach (var gauge in _old.Keys)
            {
                _old[gauge] = true;
            }
        }
    }

    // It is shown again when it is measured again.
    public void Drop()
    {
        foreach (var (gauge, isOld) in _old)
        {
            if (isOld)
            {
                gauge.Unpublish();
            }
        }
    }

    private Action<double> Series(KeyValuePair<string, object?>[] tags) => Series(
        [.. tags.Select(tag => MetricShape.Label(tag.Key))],
        [.. tags.Select(tag => tag.Value?.ToString() ?? string.Empty)]);

    // The library gives the same series for the same labels, however often it is asked.
    private Action<double> Series(string[] names, string[] values) => _shape.Kind switch
    {
        MetricKind.Histogram => _factory.CreateHistogram(_shape.Name, _shape.Help, names, new HistogramConfiguration
        {
            Buckets = _shape.Bounds,
            SuppressInitialValue = true,
        }).WithLabels(values).Observe,
        MetricKind.Counter => Counting(_factory.CreateCounter(
            _shape.Name, _shape.Help, names, new CounterConfiguration { SuppressInitialValue = true })
            .WithLabels(values)),
        _ => Levelling(_factory.CreateGauge(
            _shape.Name, _shape.Help, names, new GaugeConfiguration { SuppressInitialValue = true })
            .WithLabels(values)),
    };

    private Action<double> Counting(Counter.Child counter) => value =>
    {
        if (_shape.IsAdded)
        {
            counter.Inc(value);
        }
        else
        {
            counter.IncTo(value);
        }

        // A step of nothing shows the series, too.
        counter.Publish();
    };

    private Action<double> Levelling(Gauge.Child gauge) => _shape.IsAdded ? gauge.Inc
        : _shape.IsShownWhileMeasured ? Showing(gauge) : gauge.Set;

    private Action<double> Showing(Gauge.Child gauge) => value =>
    {
        gauge.Set(value);
        gauge.Publish();
        _old[gauge] = false;
    };
}
