namespace SpexStream.Domain.Messages;

/// <summary>Names of the kinds on the wire.</summary>
public static class ObservationKinds
{
    /// <summary>Lower-case name.</summary>
    public static string Slug(this ObservationKind kind) => kind switch
    {
        ObservationKind.Region => "region",
        ObservationKind.StripSummary => "strip-summary",
        ObservationKind.SceneSummary => "scene-summary",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Reads a name; null when unknown.</summary>
    public static ObservationKind? FromSlug(string? text) => text switch
    {
        "region" => ObservationKind.Region,
        "strip-summary" => ObservationKind.StripSummary,
        "scene-summary" => ObservationKind.SceneSummary,
        _ => null,
    };
}
