namespace SpexStream.Daemon.Metrics;

/// <summary>Takes the measurements of one instrument. Thread-safe.</summary>
internal interface IMetricSink
{
    void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags);
}
