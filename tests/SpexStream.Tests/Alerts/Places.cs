using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Raster;

namespace SpexStream.Tests.Alerts;

/// <summary>Scenes and areas for tests.</summary>
internal static class Places
{
    public static readonly GdalCoordinateTransforms Transforms = new();

    private static readonly CoordinateSystem Geographic = new("degrees", null, true, 1);

    public static GroundMap Degrees(int width, int height, Affine grid) =>
        GroundMap.Create(width, height, grid, Geographic, Transforms)!;

    public static GroundMap Projected(int width, int height, Affine grid, string crs) =>
        GroundMap.Create(width, height, grid, Transforms.Parse(crs), Transforms)!;

    public static AreaOfInterest Area(string id, params LonLat[][] rings) => new(
        AreaId.Parse(id), id, [AreaPolygon.Of([.. rings.Select(Closed)])!]);

    public static AreaOfInterest Multi(string id, params LonLat[][] exteriors) => new(
        AreaId.Parse(id), id, [.. exteriors.Select(ring => AreaPolygon.Of([Closed(ring)])!)]);

    public static LonLat[] Box(double west, double south, double east, double north) =>
        [new(west, south), new(east, south), new(east, north), new(west, north)];

    /// <summary>Parity of the edges to the left of a position: the plain way to ask.</summary>
    public static bool Holds(AreaOfInterest area, LonLat place) => area.Polygons.Any(polygon =>
    {
        var inside = false;
        foreach (var ring in polygon.Rings)
        {
            for (var i = 1; i < ring.Length; i++)
            {
                var (a, b) = (ring[i - 1], ring[i]);
                if (a.Latitude > place.Latitude != b.Latitude > place.Latitude && place.Longitude < a.Longitude
                    + ((place.Latitude - a.Latitude) * (b.Longitude - a.Longitude) / (b.Latitude - a.Latitude)))
                {
                    inside = !inside;
                }
            }
        }

        return inside;
    });

    private static ImmutableArray<LonLat> Closed(LonLat[] ring) => [.. ring, ring[0]];
}
