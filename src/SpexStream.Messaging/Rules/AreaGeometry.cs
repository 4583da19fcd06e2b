using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;

namespace SpexStream.Messaging.Rules;

/// <summary>Reads the geometry of an area: Polygon or MultiPolygon, with holes, cut at the antimeridian or
/// not.</summary>
internal static class AreaGeometry
{
    // Some programs run on beyond 180 instead of cutting; more than one turn is a mistake.
    private const double MaxLongitude = 360;

    public static ImmutableArray<AreaPolygon> Polygons(JsonElement geometry, string where, List<RuleFault> faults)
    {
        var coordinates = geometry.ValueKind == JsonValueKind.Object
            && geometry.TryGetProperty("coordinates", out var found) ? found : default;
        var polygons = ImmutableArray.CreateBuilder<AreaPolygon>();
        switch (AreasFile.TextOf(geometry, "type"))
        {
            case "Polygon":
                Add(polygons, coordinates, where, faults);
                break;
            case "MultiPolygon" when coordinates.ValueKind == JsonValueKind.Array && coordinates.GetArrayLength() > 0:
                foreach (var polygon in coordinates.EnumerateArray())
                {
                    Add(polygons, polygon, where, faults);
                }

                break;
            default:
                faults.Add(new(where, "has no polygon", "give a geometry of type Polygon or MultiPolygon"));
                break;
        }

        var vertices = polygons.Sum(polygon => polygon.VertexCount);
        if (vertices > AreaOfInterest.MaxVertices)
        {
            faults.Add(new(where, $"has {vertices} positions", $"use at most {AreaOfInterest.MaxVertices}"));
        }

        return polygons.ToImmutable();
    }

    private static void Add(
        ImmutableArray<AreaPolygon>.Builder polygons, JsonElement rings, string where, List<RuleFault> faults)
    {
        if (rings.ValueKind != JsonValueKind.Array || rings.GetArrayLength() == 0)
        {
            faults.Add(new(where, "has a polygon without rings", "give an exterior ring"));
            return;
        }

        var read = new List<ImmutableArray<LonLat>>();
        foreach (var ring in rings.EnumerateArray())
        {
            if (Ring(ring) is not { } positions)
            {
                faults.Add(new(
                    where,
                    "has a ring that is none",
                    "give at least four positions of longitude and latitude in degrees, the last equal to the first"));
                return;
            }

            read.Add(positions);
        }

        if (AreaPolygon.Of(read) is not { } polygon)
        {
            faults.Add(new(where, "goes around a pole", "cut it into parts that do not"));
        }
        else if (!(polygon.Box.East > polygon.Box.West && polygon.Box.North > polygon.Box.South))
        {
            faults.Add(new(where, "has a polygon without area", "leave it out"));
        }
        else
        {
            polygons.Add(polygon);
        }
    }

    private static ImmutableArray<LonLat>? Ring(JsonElement ring)
    {
        if (ring.ValueKind != JsonValueKind.Array || ring.GetArrayLength() < 4)
        {
            return null;
        }

        var positions = ImmutableArray.CreateBuilder<LonLat>(ring.GetArrayLength());
        foreach (var item in ring.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() < 2
                || item[0].ValueKind != JsonValueKind.Number || item[1].ValueKind != JsonValueKind.Number)
            {
                return null;
            }

            var position = new LonLat(item[0].GetDouble(), item[1].GetDouble());
            if (!(Math.Abs(position.Longitude) <= MaxLongitude && Math.Abs(position.Latitude) <= 90))
            {
                return null;
            }

            positions.Add(position);
        }

        return positions[0] == positions[^1] ? positions.MoveToImmutable() : null;
    }
}
