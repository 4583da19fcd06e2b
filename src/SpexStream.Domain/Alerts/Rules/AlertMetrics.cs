namespace SpexStream.Domain.Alerts.Rules;

/// <summary>Names of the metrics in files and messages.</summary>
public static class AlertMetrics
{
    /// <summary>All names, for error messages.</summary>
    public const string Names = "area, share, change or largest-region";

    /// <summary>Lower-case name.</summary>
    public static string Slug(this AlertMetric value) => value switch
    {
        AlertMetric.Area => "area",
        AlertMetric.Share => "share",
        AlertMetric.Change => "change",
        AlertMetric.LargestRegion => "largest-region",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    /// <summary>Reads a name; null when unknown.</summary>
    public static AlertMetric? FromSlug(string? text) => text switch
    {
        "area" => AlertMetric.Area,
        "share" => AlertMetric.Share,
        "change" => AlertMetric.Change,
        "largest-region" => AlertMetric.LargestRegion,
        _ => null,
    };

    /// <summary>The unit of its thresholds and values: "ha" or "%".</summary>
    public static string Unit(this AlertMetric value) => value == AlertMetric.Share ? "%" : "ha";
}
