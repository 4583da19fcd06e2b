using System.Collections.Concurrent;
using Prometheus;

namespace SpexStream.Daemon.Metrics.PrometheusNet;

/// <summary>One instrument as metrics of prometheus-net: one for each set of label names, all of one family.</summary>
internal sealed class PrometheusNetSink : IMetricSink
{
    private readonly ConcurrentDictionary<string, byte> _series = new(StringComparer.Ordinal);
    private readonly MetricShape _shape;
    private readonly MetricFactory _factory;

    public PrometheusNetSink(MetricShape shape, MetricFactory factory)
    {
        (_shape, _factory) = (shape, factory);

        // Declares the family, so that its name is there before its first value.
        Measure([], [], null);
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (names, values) = (new string[tags.Length], new string[tags.Length]);
        for (var i = 0; i < tags.Length; i++)
        {
            names[i] = MetricShape.Label(tags[i].Key);
            values[i] = tags[i].Value?.ToString() ?? string.Empty;
        }

        if (HasRoom(string.Join('\u001f', [.. names, .. values])))
        {
            Measure(names, values, value);
        }
        else
        {
            Measure([MetricShape.OverflowLabel], ["true"], value);
        }
    }

    private bool HasRoom(string series)
    {
        if (_series.ContainsKey(series))
        {
            return true;
        }

        if (_series.Count >= MetricShape.MaxSeries)
        {
            return false;
        }

        _series.TryAdd(series, 0);
        return true;
    }

    private void Measure(string[] names, string[] values, double? value)
    {
        switch (_shape.Kind)
        {
            case MetricKind.Histogram:
                var histogram = _factory.CreateHistogram(_shape.Name, _shape.Help, names, new HistogramConfiguration
                {
                    Buckets = _shape.Bounds,
                    SuppressInitialValue = true,
                });
                if (value is { } observed)
                {
                    histogram.WithLabels(values).Observe(observed);
                }

                break;
            case MetricKind.Counter:
                var counter = _factory.CreateCounter(
                    _shape.Name, _shape.Help, names, new CounterConfiguration { SuppressInitialValue = true });
                if (value is { } count)
                {
                    Count(counter.WithLabels(values), count);
                }

                break;
            default:
                var gauge = _factory.CreateGauge(
                    _shape.Name, _shape.Help, names, new GaugeConfiguration { SuppressInitialValue = true });
                if (value is { } level)
                {
                    Level(gauge.WithLabels(values), level);
                }

                break;
        }
    }

    private void Count(Counter.Child counter, double value)
    {
        if (_shape.IsAdded)
        {
            counter.Inc(value);
        }
        else
        {
            counter.IncTo(value);
        }

        counter.Publish();
    }

    private void Level(Gauge.Child gauge, double value)
    {
        if (_shape.IsAdded)
        {
            gauge.Inc(value);
        }
        else
        {
            gauge.Set(value);
        }
    }
}
