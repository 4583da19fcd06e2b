using System.Text;

namespace SpexStream.Daemon.Metrics;

/// <summary>One instrument and its labelled series, at most <see cref="MetricShape.MaxSeries"/> of them. Thread-safe.
/// </summary>
internal sealed class MetricFamily(MetricShape shape) : IMetricSink
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    public string Name => shape.Name;

    public string Help => shape.Help;

    public MetricKind Kind => shape.Kind;

    public double[] Bounds => shape.Bounds;

    /// <summary>Takes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelsOf(tags);
        lock (_lock)
        {
            var series = SeriesOf(labels);
            series.IsOld = false;
            switch (Kind)
            {
                case MetricKind.Histogram:
                    series.Value += value;
                    series.Count++;
                    var bucket = Array.BinarySearch(Bounds, value);
                    series.Buckets[bucket >= 0 ? bucket : ~bucket]++;
                    break;
                default:
                    series.Value = shape.IsAdded ? series.Value + value : value;
                    break;
            }
        }
    }

    public void Age()
    {
        if (shape.IsShownWhileMeasured)
        {
            Visit(series => series.IsOld = true);
        }
    }

    public void Drop()
    {
        lock (_lock)
        {
            foreach (var gone in _series.Where(entry => entry.Value.IsOld).ToList())
            {
                _series.Remove(gone.Key);
            }
        }
    }

    /// <summary>Calls back for every series while nothing can change.</summary>
    public void Visit(Action<MetricSeries> visit)
    {
        lock (_lock)
        {
            foreach (var series in _series.Values)
            {
                visit(series);
            }
        }
    }

    private MetricSeries SeriesOf(string labels)
    {
        if (_series.TryGetValue(labels, out var series))
        {
            return series;
        }

        if (_series.Count >= MetricShape.MaxSeries)
        {
            labels = $"{MetricShape.OverflowLabel}=\"true\"";
            if (_series.TryGetValue(labels, out series))
            {
                return series;
            }
        }

        return _series[labels] = new MetricSeries(labels, Bounds.Length + 1);
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return string.Empty;
        }

        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            if (text.Length > 0)
            {
                text.Append(',');
            }

            text.Append(MetricShape.Label(key)).Append("=\"");
            foreach (var c in value?.ToString() ?? string.Empty)
            {
                _ = c switch
                {
                    '\\' => text.Append("\\\\"),
                    '"' => text.Append("\\\""),
                    '\n' => text.Append("\\n"),
                    _ => text.Append(c),
                };
            }

            text.Append('"');
        }

        return text.ToString();
    }
}
