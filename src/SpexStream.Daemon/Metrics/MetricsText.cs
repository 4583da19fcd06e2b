using System.Globalization;
using System.Text;

namespace SpexStream.Daemon.Metrics;

/// <summary>
/// Writes metrics as text: Prometheus 0.0.4, or OpenMetrics 1.0 when the scraper asks for it.
/// </summary>
internal static class MetricsText
{
    public const string PrometheusType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>Whether an Accept header asks for OpenMetrics.</summary>
    public static bool WantsOpenMetrics(string? accept) =>
        accept?.Contains("application/openmetrics-text", StringComparison.OrdinalIgnoreCase) ?? false;

    public static string Write(IReadOnlyList<MetricFamily> families, bool openMetrics)
    {
        var text = new StringBuilder(1 << 14);
        foreach (var group in families.GroupBy(family => family.Name))
        {
            WriteFamily(text, group.First(), [.. group], openMetrics);
        }

        if (openMetrics)
        {
            text.Append("# EOF\n");
        }

        return text.ToString();
    }

    private static void WriteFamily(
        StringBuilder text, MetricFamily first, IReadOnlyList<MetricFamily> same, bool openMetrics)
    {
        // OpenMetrics names a counter's family without the suffix of its samples.
        var family = openMetrics && first.Kind == MetricKind.Counter ? first.Name[..^"_total".Length] : first.Name;
        var help = first.Help.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        text.Append(CultureInfo.InvariantCulture, $"# HELP {family} {help}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {family} {first.Kind.ToString().ToLowerInvariant()}\n");
        foreach (var instrument in same)
        {
            instrument.Visit(series => WriteSeries(text, instrument, series));
        }
    }

    private static void WriteSeries(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        if (family.Kind != MetricKind.Histogram)
        {
            Sample(text, family.Name, series.Labels, series.Value);
            return;
        }

        var cumulated = 0L;
        for (var i = 0; i < series.Buckets.Length; i++)
        {
            cumulated += series.Buckets[i];
            var bound = i < family.Bounds.Length ? Number(family.Bounds[i]) : "+Inf";
            var labels = series.Labels.Length == 0 ? $"le=\"{bound}\"" : $"{series.Labels},le=\"{bound}\"";
            Sample(text, family.Name + "_bucket", labels, cumulated);
        }

        Sample(text, family.Name + "_sum", series.Labels, series.Value);
        Sample(text, family.Name + "_count", series.Labels, series.Count);
    }

    private static void Sample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
