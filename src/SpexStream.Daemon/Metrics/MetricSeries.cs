namespace SpexStream.Daemon.Metrics;

/// <summary>One labelled series of a metric. Guarded by the lock of its family.</summary>
internal sealed class MetricSeries(string labels, int buckets)
{
    /// <summary>Labels as they are written, without braces; empty for none.</summary>
    public string Labels { get; } = labels;

    /// <summary>Value of a counter or gauge; sum of a histogram.</summary>
    public double Value { get; set; }

    /// <summary>Whether it was measured before the last collection and not since.</summary>
    public bool IsOld { get; set; }

    /// <summary>Observations of a histogram.</summary>
    public long Count { get; set; }

    /// <summary>Observations per bucket, not cumulated; the last is +Inf.</summary>
    public long[] Buckets { get; } = new long[buckets];
}
