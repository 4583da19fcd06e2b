using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Wire.Json;

/// <summary>Reads the geometry of RFC 7946 that we know: polygons and points.</summary>
internal static class GeoJsonReader
{
    // Some senders run on beyond 180 instead of cutting; more than one turn is a mistake.
    private const double MaxLongitude = 360;

    /// <summary>Reads the member "geometry"; null where there is none.</summary>
    public static GeoGeometry? Geometry(JsonField field, int maxVertices)
    {
        if (!field.AsObject().Exists)
        {
            return null;
        }

        var budget = new VertexBudget(maxVertices);
        var coordinates = field.Member("coordinates").Required("give the coordinates");
        return field.Member("type").Required("give the geometry's type").Text(maxLength: 20) switch
        {
            "Point" => Position(coordinates) is { } position ? new GeoPoint(position) : null,
            "Polygon" => new GeoOutline(Polygon(coordinates, budget)),
            "MultiPolygon" => new GeoOutline([.. coordinates.Items(maxVertices).SelectMany(p => Polygon(p, budget))]),
            null => null,
            _ => field.Member("type").Refuse<GeoGeometry>("is not supported", "use Polygon, MultiPolygon or null"),
        };
    }

    /// <summary>Reads the member "bbox" of four or six numbers; null where there is none.</summary>
    public static GeoBox? Box(JsonField field)
    {
        var items = field.Items(max: 6);
        if (!field.Exists)
        {
            return null;
        }

        double?[] values = [.. items.Select(item => item.Required("give a number").Number())];
        (double?, double?, double?, double?) edges = values switch
        {
            [var w, var s, var e, var n] => (w, s, e, n),
            [var w, var s, _, var e, var n, _] => (w, s, e, n),
            _ => default,
        };
        return edges is ({ } west, { } south, { } east, { } north)
            && Math.Abs(west) <= 180 && Math.Abs(east) <= 180 && south >= -90 && south <= north && north <= 90
            ? new GeoBox(west, south, east, north)
            : field.Refuse<GeoBox?>("is no box", "give west, south, east, north in degrees, WGS 84");
    }

    private static ImmutableArray<GeoPolygon> Polygon(JsonField field, VertexBudget budget)
    {
        var rings = field.Required("give rings").Items(budget.Max).Select(ring => Ring(ring, budget)).ToList();
        if (rings.Count == 0 || rings.Any(ring => ring.IsEmpty))
        {
            field.Refuse("has no ring", "give an exterior ring");
            return [];
        }

        // A ring over the antimeridian is cut there; its holes are left out, the ground covered is only bounded by it.
        return Crosses(rings[0]) ? Antimeridian.Split(rings[0]) : [new(rings[0], [.. rings.Skip(1)])];
    }

    private static ImmutableArray<LonLat> Ring(JsonField field, VertexBudget budget)
    {
        var items = field.Items(budget.Max);
        if (!budget.Take(items.Count))
        {
            field.Refuse("has too many positions", $"give at most {budget.Max} in all");
            return [];
        }

        var ring = ImmutableArray.CreateBuilder<LonLat>(items.Count);
        foreach (var item in items)
        {
            if (Position(item) is not { } position)
            {
                return [];
            }

            ring.Add(position);
        }

        if (ring.Count >= 4 && ring[0] == ring[^1])
        {
            return ring.ToImmutable();
        }

        field.Refuse("is no closed ring", "give at least four positions, the last equal to the first");
        return [];
    }

    private static LonLat? Position(JsonField field)
    {
        var items = field.Items(max: 4);
        return items.Count >= 2
            && items[0].Number() is { } longitude && Math.Abs(longitude) <= MaxLongitude
            && items[1].Number() is { } latitude && Math.Abs(latitude) <= 90
            ? new LonLat(longitude, latitude)
            : field.Refuse<LonLat?>("is no position", "give longitude and latitude in degrees, WGS 84");
    }

    private static bool Crosses(ImmutableArray<LonLat> ring)
    {
        for (var i = 0; i < ring.Length; i++)
        {
            if (Math.Abs(ring[i].Longitude) > 180
                || (i > 0 && Math.Abs(ring[i].Longitude - ring[i - 1].Longitude) > 180))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class VertexBudget(int max)
    {
        private int _used;

        public int Max { get; } = max;

        public bool Take(int count) => (_used += count) <= Max;
    }
}
