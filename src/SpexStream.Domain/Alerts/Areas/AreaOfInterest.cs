using System.Collections.Immutable;

namespace SpexStream.Domain.Alerts.Areas;

/// <summary>A place that rules watch. Immutable.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people; the id where the file has no name.</param>
/// <param name="Polygons">At least one. They may overlap; ground counts once.</param>
public sealed record AreaOfInterest(AreaId Id, string Name, ImmutableArray<AreaPolygon> Polygons)
{
    /// <summary>Most positions of all polygons of one area.</summary>
    public const int MaxVertices = 100_000;
}
