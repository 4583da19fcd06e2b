using System.Diagnostics.Metrics;

namespace SpexStream.Daemon.Metrics;

/// <summary>What an instrument looks like to Prometheus; the same whatever writes the exposition.</summary>
internal sealed class MetricShape
{
    /// <summary>More label sets than this are one series "overflow": labels are meant to be few.</summary>
    public const int MaxSeries = 500;

    /// <summary>The label of what did not get a series of its own; its value is "true".</summary>
    public const string OverflowLabel = "overflow";

    private static readonly double[] DefaultBounds =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

    public MetricShape(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        Kind = KindOf(type);
        IsAdded = !instrument.IsObservable
            && (Kind == MetricKind.Counter || type.StartsWith("UpDown", StringComparison.Ordinal));
        IsShownWhileMeasured = instrument.IsObservable && Kind == MetricKind.Gauge;
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

    /// <summary>True when a measurement is a step, false when it is the value itself; without meaning for a histogram.
    /// </summary>
    public bool IsAdded { get; }

    /// <summary>True when a series stands for what is there now, and is gone when it is measured no more.</summary>
    public bool IsShownWhileMeasured { get; }

    /// <summary>Upper bounds of the buckets of a histogram, without infinity.</summary>
    public double[] Bounds { get; }

    /// <summary>The name of a tag as a label.</summary>
    public static string Label(string tag) => tag.Replace('.', '_');

    private static MetricKind KindOf(string type) =>
        type.StartsWith("Counter", StringComparison.Ordinal)
            || type.StartsWith("ObservableCounter", StringComparison.Ordinal)
            ? MetricKind.Counter
            : type.StartsWith("Histogram", StringComparison.Ordinal) ? MetricKind.Histogram : MetricKind.Gauge;
}
