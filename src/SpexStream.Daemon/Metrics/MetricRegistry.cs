namespace SpexStream.Daemon.Metrics;

/// <summary>The metrics of our own exposition. Thread-safe.</summary>
internal sealed class MetricRegistry : IMetricsPage
{
    private readonly InstrumentListener<MetricFamily> _listener = new(shape => new MetricFamily(shape));

    public MetricRegistry() => _listener.Start();

    /// <summary>All families by name, after asking the observable instruments.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        _listener.Observe();
        return [.. _listener.Sinks.OrderBy(family => family.Name, StringComparer.Ordinal)];
    }

    public Task<byte[]> WriteAsync(bool openMetrics, CancellationToken cancellation) =>
        Task.FromResult(System.Text.Encoding.UTF8.GetBytes(MetricsText.Write(Collect(), openMetrics)));

    public void Dispose() => _listener.Dispose();
}
