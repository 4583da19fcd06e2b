namespace SpexStream.Daemon.Metrics;

/// <summary>Names of instruments as Prometheus wants them (prometheus.io, "Metric and label naming").</summary>
internal static class MetricName
{
    /// <summary>
    /// Lower case with underscores, the base unit at the end, counters with _total. The runtime's gauges that end in
    /// "count" get a plural instead, since that ending belongs to histograms.
    /// </summary>
    public static string Of(string instrument, string? unit, MetricKind kind)
    {
        var name = instrument.Replace('.', '_').Replace('-', '_').ToLowerInvariant();
        if (kind != MetricKind.Histogram && name.EndsWith("_count", StringComparison.Ordinal))
        {
            var stem = name[..^"_count".Length];
            name = stem.EndsWith('y') ? stem[..^1] + "ies" : stem + "s";
        }

        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" when kind != MetricKind.Counter => "_ratio",
            _ => string.Empty,
        };
        if (suffix.Length > 0 && !name.EndsWith(suffix, StringComparison.Ordinal))
        {
            name += suffix;
        }

        return kind == MetricKind.Counter ? name + "_total" : name;
    }
}
