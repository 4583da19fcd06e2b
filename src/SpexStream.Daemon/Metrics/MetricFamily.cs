using System.Diagnostics.Metrics;
using System.Text;

namespace SpexStream.Daemon.Metrics;

/// <summary>One instrument and its labelled series, at most <see cref="MaxSeries"/> of them.</summary>
internal sealed class MetricFamily
{
    /// <summary>More label sets than this are one series "overflow": labels are meant to be few.</summary>
    public const int MaxSeries = 500;

    private static readonly double[] DefaultBounds =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    public MetricFamily(Instrument instrument)
    {
        Kind = KindOf(instrument);
        IsObservable = instrument.IsObservable;
        Name = MetricName.Of(instrument.Name, instrument.Unit, Kind);
        Help = string.IsNullOrWhiteSpace(instrument.Description)
            ? $"Instrument {instrument.Name}."
            : instrument.Description;
        Bounds = Kind != MetricKind.Histogram ? []
            : instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } ? [.. advised]
            : DefaultBounds;
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    public bool IsObservable { get; }

    public double[] Bounds { get; }

    /// <summary>Takes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelsOf(tags);
        lock (_lock)
        {
            var series = SeriesOf(labels);
            switch (Kind)
            {
                case MetricKind.Histogram:
                    series.Value += value;
                    series.Count++;
                    var bucket = Array.BinarySearch(Bounds, value);
                    series.Buckets[bucket >= 0 ? bucket : ~bucket]++;
                    break;
                case MetricKind.Counter when !IsObservable:
                    series.Value += value;
                    break;
                default:
                    series.Value = value;
                    break;
            }
        }
    }

    /// <summary>Adds to a gauge that is counted up and down.</summary>
    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelsOf(tags);
        lock (_lock)
        {
            SeriesOf(labels).Value += value;
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

    private static MetricKind KindOf(Instrument instrument)
    {
        var name = instrument.GetType().Name;
        return name.StartsWith("Counter", StringComparison.Ordinal)
            || name.StartsWith("ObservableCounter", StringComparison.Ordinal)
            ? MetricKind.Counter
            : name.StartsWith("Histogram", StringComparison.Ordinal) ? MetricKind.Histogram : MetricKind.Gauge;
    }

    private MetricSeries SeriesOf(string labels)
    {
        if (_series.TryGetValue(labels, out var series))
        {
            return series;
        }

        if (_series.Count >= MaxSeries)
        {
            labels = "overflow=\"true\"";
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

            text.Append(key.Replace('.', '_')).Append("=\"");
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
