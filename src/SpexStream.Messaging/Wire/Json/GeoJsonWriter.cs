using System.Buffers;
using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Wire.Json;

/// <summary>
/// Geometry as RFC 7946 wants it: longitude first, rings closed, exterior counter-clockwise and holes clockwise, six
/// decimal places (about 0.1 m).
/// </summary>
internal static class GeoJsonWriter
{
    private const int Places = 6;
    private const int PlacesOfPoint = 9;

    /// <summary>The members "geometry" (null when there is none) and "bbox" (only when there is one).</summary>
    public static void Place(WireWriter writer, GeoGeometry? geometry, GeoBox? box)
    {
        Geometry(writer, "geometry", geometry);
        if (box is { } bounds && geometry is not null)
        {
            double[] edges = [bounds.West, bounds.South, bounds.East, bounds.North];
            writer.Array("bbox", edges, edge => writer.NumberValue(edge, Places));
        }
    }

    /// <summary>A named geometry; null when there is none.</summary>
    public static void Geometry(WireWriter writer, string name, GeoGeometry? geometry)
    {
        writer.Json.WritePropertyName(name);
        switch (geometry)
        {
            case GeoPoint point:
                Shape(writer, "Point", () => Position(writer, point.Position));
                break;
            case GeoOutline { Polygons: [var polygon] }:
                Shape(writer, "Polygon", () => Polygon(writer, polygon));
                break;
            case GeoOutline { Polygons.IsEmpty: false } outline:
                Shape(writer, "MultiPolygon", () => Nested(writer, outline.Polygons, Polygon));
                break;
            default:
                writer.Json.WriteNullValue();
                break;
        }
    }

    private static void Shape(WireWriter writer, string type, Action coordinates) => writer.Object(() =>
    {
        writer.Text("type", type);
        writer.Json.WritePropertyName("coordinates");
        coordinates();
    });

    private static void Polygon(WireWriter writer, GeoPolygon polygon)
    {
        writer.Json.WriteStartArray();
        Ring(writer, polygon.Exterior, counterClockwise: true);
        foreach (var hole in polygon.Holes)
        {
            Ring(writer, hole, counterClockwise: false);
        }

        writer.Json.WriteEndArray();
    }

    private static void Ring(WireWriter writer, ImmutableArray<LonLat> ring, bool counterClockwise)
    {
        var (open, isRounded) = Distinct(ring);
        if (TwiceArea(open) > 0 != counterClockwise)
        {
            open.Reverse(1, open.Count - 1);
        }

        open.Add(open[0]);
        Positions(writer, open, isRounded);
    }

    private static void Positions(WireWriter writer, List<LonLat> ring, bool areRounded)
    {
        // "[", ",", "]" and "," beside the two numbers.
        var text = ArrayPool<byte>.Shared.Rent((ring.Count * ((2 * SixPlaces.MostBytes) + 4)) + 1);
        var at = 0;
        foreach (var position in ring)
        {
            text[at] = (byte)(at == 0 ? '[' : ',');
            text[++at] = (byte)'[';
            at += 1 + Degrees(position.Longitude, text.AsSpan(at + 1));
            text[at] = (byte)',';
            at += 1 + Degrees(position.Latitude, text.AsSpan(at + 1));
            text[at++] = (byte)']';
        }

        text[at++] = (byte)']';
        writer.Json.WriteRawValue(text.AsSpan(0, at), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(text);

        int Degrees(double value, Span<byte> target) => areRounded ? SixPlaces.WriteRounded(value, target)
            : SixPlaces.Write(Math.Round(value, PlacesOfPoint), target);
    }

    /// <summary>The open ring, rounded, without repeats; unrounded where rounding would leave no area.</summary>
    private static (List<LonLat> Open, bool IsRounded) Distinct(ImmutableArray<LonLat> ring)
    {
        var open = new List<LonLat>(ring.Length + 1);
        foreach (var position in ring)
        {
            var rounded = new LonLat(Math.Round(position.Longitude, Places), Math.Round(position.Latitude, Places));
            if (open.Count == 0 || open[^1] != rounded)
            {
                open.Add(rounded);
            }
        }

        if (open.Count > 1 && open[0] == open[^1])
        {
            open.RemoveAt(open.Count - 1);
        }

        return open.Count >= 3 ? (open, true) : ([.. ring[0] == ring[^1] ? ring[..^1] : ring], false);
    }

    private static double TwiceArea(List<LonLat> ring)
    {
        // Relative to the first position: tiny rings far from the origin would lose their sign.
        var (origin, area) = (ring[0], 0.0);
        for (var i = 1; i + 1 < ring.Count; i++)
        {
            area += ((ring[i].Longitude - origin.Longitude) * (ring[i + 1].Latitude - origin.Latitude))
                - ((ring[i + 1].Longitude - origin.Longitude) * (ring[i].Latitude - origin.Latitude));
        }

        return area;
    }

    private static void Position(WireWriter writer, LonLat position)
    {
        writer.Json.WriteStartArray();
        writer.NumberValue(position.Longitude, PlacesOfPoint);
        writer.NumberValue(position.Latitude, PlacesOfPoint);
        writer.Json.WriteEndArray();
    }

    private static void Nested<T>(WireWriter writer, IEnumerable<T> items, Action<WireWriter, T> write)
    {
        writer.Json.WriteStartArray();
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.Json.WriteEndArray();
    }
}
