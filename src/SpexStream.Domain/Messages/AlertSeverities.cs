namespace SpexStream.Domain.Messages;

/// <summary>Names of the severities in topics.</summary>
public static class AlertSeverities
{
    /// <summary>Lower-case name.</summary>
    public static string Slug(this AlertSeverity value) => value switch
    {
        AlertSeverity.Minor => "minor",
        AlertSeverity.Moderate => "moderate",
        AlertSeverity.Severe => "severe",
        AlertSeverity.Extreme => "extreme",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    /// <summary>Reads a name; null when unknown.</summary>
    public static AlertSeverity? FromSlug(string? text) => text switch
    {
        "minor" => AlertSeverity.Minor,
        "moderate" => AlertSeverity.Moderate,
        "severe" => AlertSeverity.Severe,
        "extreme" => AlertSeverity.Extreme,
        _ => null,
    };
}
