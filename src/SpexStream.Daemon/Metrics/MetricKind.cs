namespace SpexStream.Daemon.Metrics;

/// <summary>Types of the text exposition.</summary>
internal enum MetricKind
{
    /// <summary>Only goes up.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts in buckets.</summary>
    Histogram,
}
