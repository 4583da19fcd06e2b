using System.Text.Json.Serialization;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>
/// What one pass saw of one class in one area of interest. Square metres are those of the scene's pixels, so they add
/// up over areas that share edges.
/// </summary>
public sealed record AreaMeasurement
{
    /// <summary>Square metres of a hectare, in which rules and messages speak of areas.</summary>
    public const double SquareMetresPerHectare = 10_000;

    /// <summary>Share of the whole area that lies on the scene and was clearly seen, 0..1. With a reference: and for
    /// which the reference knows an answer.</summary>
    public required double ClearShare { get; init; }

    /// <summary>What was clearly seen, in square metres.</summary>
    public required double ClearSquareMetres { get; init; }

    /// <summary>The class where it was clearly seen (with a reference: where the reference does not have it), in square
    /// metres; parts below the minimum left out.</summary>
    public required double ClassSquareMetres { get; init; }

    /// <summary>Its largest part (8 neighbours, cut at the area's edge), in square metres.</summary>
    public required double LargestSquareMetres { get; init; }

    /// <summary>Digest of the reference that was taken off; null without one, or where it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reference { get; init; }

    /// <summary>Share of the whole area that lies on the scene's grid, 0..1; null for all of it, or where it is not
    /// known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OnScene { get; init; }

    /// <summary>Share of what was clearly seen that is the class, 0..1; NaN when nothing was seen.</summary>
    [JsonIgnore]
    public double ClassShare => ClassSquareMetres / ClearSquareMetres;

    /// <summary>Whether two references, as far as they are known, say the same, so that what was measured by them
    /// compares.</summary>
    public static bool IsSameReference(string? one, string? other) => one is null || other is null || one == other;

    /// <summary>Nothing of the area was seen.</summary>
    public static AreaMeasurement Nothing { get; } = new()
    {
        ClearShare = 0,
        ClearSquareMetres = 0,
        ClassSquareMetres = 0,
        LargestSquareMetres = 0,
    };
}
