namespace SpexStream.Daemon.Metrics;

/// <summary>Which library writes the metrics in this build (switch SpexMetrics).</summary>
internal static class MetricsLibrary
{
    /// <summary>Begins to count.</summary>
    public static IMetricsPage Start() =>
#if SPEX_PROMETHEUS_NET
        new PrometheusNet.PrometheusNetPage();
#else
        new MetricRegistry();
#endif
}
