using Prometheus;

namespace SpexStream.Daemon.Metrics.PrometheusNet;

/// <summary>
/// The metrics of prometheus-net. Its own adapter of meters would call them meter_instrument, make gauges of counters
/// and let them expire; so the instruments are bridged here, under the names and types that are documented.
/// </summary>
internal sealed class PrometheusNetPage : IMetricsPage
{
    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly InstrumentListener<PrometheusNetSink> _listener;

    public PrometheusNetPage()
    {
        var factory = Prometheus.Metrics.WithCustomRegistry(_registry);
        factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        _listener = new InstrumentListener<PrometheusNetSink>(shape => new PrometheusNetSink(shape, factory));
        _listener.Start();
    }

    public async Task<byte[]> WriteAsync(bool openMetrics, CancellationToken cancellation)
    {
        _listener.Observe();
        using var page = new MemoryStream(1 << 14);
        var format = openMetrics ? ExpositionFormat.OpenMetricsText : ExpositionFormat.PrometheusText;
        await _registry.CollectAndExportAsTextAsync(page, format, cancellation).ConfigureAwait(false);
        return page.ToArray();
    }

    public void Dispose() => _listener.Dispose();
}
