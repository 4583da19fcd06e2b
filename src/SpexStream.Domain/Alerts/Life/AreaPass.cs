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
    string? Product = null);
