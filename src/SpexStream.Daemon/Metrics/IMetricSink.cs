namespace SpexStream.Daemon.Metrics;

/// <summary>Takes the measurements of one instrument. Thread-safe.</summary>
internal interface IMetricSink
{
    void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags);

    /// <summary>What an observable gauge has shown so far is to be measured again, or is gone.</summary>
    void Age();

    /// <summary>Drops the series that were not measured since they aged.</summary>
    void Drop();
}
