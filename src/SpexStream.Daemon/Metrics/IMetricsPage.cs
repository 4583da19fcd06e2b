namespace SpexStream.Daemon.Metrics;

/// <summary>Counts from its making on, and writes what Prometheus scrapes. Thread-safe.</summary>
internal interface IMetricsPage : IDisposable
{
    /// <summary>The exposition as UTF-8: OpenMetrics 1.0, or Prometheus text 0.0.4.</summary>
    Task<byte[]> WriteAsync(bool openMetrics, CancellationToken cancellation);
}
