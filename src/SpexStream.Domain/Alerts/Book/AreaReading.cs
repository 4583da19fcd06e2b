using System.Text.Json.Serialization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Alerts.Book;

/// <summary>One measurement of an area on a scene, as it is kept.</summary>
/// <param name="Area">The area.</param>
/// <param name="Class">The class.</param>
/// <param name="MinimumSquareMetres">Connected parts below this were left out.</param>
/// <param name="Reference">Name of the reference mask whose ground was taken off; null for none.</param>
/// <param name="Measured">What was measured.</param>
public sealed record AreaReading(
    AreaId Area, LandCoverClass Class, double MinimumSquareMetres, string? Reference, AreaMeasurement Measured)
{
    /// <summary><see cref="AreaOfInterest.OutlineDigest"/> of the area; null where it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Outline { get; init; }

    /// <summary>How far a second backend agrees; null where none was asked, or had nothing to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SecondOpinion? Second { get; init; }

    /// <summary>Whether it is what a rule wants to know of its area.</summary>
    public bool IsFor(AlertRule rule) => rule.Class == Class
        && rule.MinimumHectares * AreaMeasurement.SquareMetresPerHectare == MinimumSquareMetres
        && (rule.Baseline as AlertBaseline.Reference)?.Mask == Reference && rule.Watches(Area);
}
