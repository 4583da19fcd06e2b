using System.Text.Json.Serialization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>What a product says of an area: one pass over it.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Revision">Revision of its product, from 1; a higher one takes the place of a lower.</param>
/// <param name="SensedAt">When the scene was sensed last.</param>
/// <param name="Backend">Name of the backend that answered.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="Product">Link to the product; null when there is none.</param>
public sealed record AreaPass(
    SceneId Scene, int Revision, DateTimeOffset SensedAt, string Backend, AreaMeasurement Measured,
    string? Product = null)
{
    /// <summary><see cref="AreaOfInterest.OutlineDigest"/> of what was measured; null where it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Outline { get; init; }

    /// <summary>How far a second backend agrees; null where none was asked, or had nothing to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SecondOpinion? Second { get; init; }

    /// <summary>Whether two outlines, as far as they are known, are the same ground.</summary>
    public static bool IsSameGround(string? one, string? other) => one is null || other is null || one == other;
}
