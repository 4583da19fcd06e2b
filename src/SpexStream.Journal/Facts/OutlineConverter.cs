using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;

namespace SpexStream.Journal.Facts;

/// <summary>An outline as polygons of rings, the exterior first, each ring a list of longitudes and latitudes by turns.
/// </summary>
internal sealed class OutlineConverter : JsonConverter<GeoOutline>
{
    public override GeoOutline Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var polygons = ImmutableArray.CreateBuilder<GeoPolygon>();
        Expect(reader.TokenType);
        while (IsNext(ref reader))
        {
            var rings = ImmutableArray.CreateBuilder<ImmutableArray<LonLat>>();
            while (IsNext(ref reader))
            {
                rings.Add(Ring(ref reader));
            }

            polygons.Add(rings.Count > 0 ? new(rings[0], [.. rings.Skip(1)])
                : throw new JsonException("a polygon has no ring"));
        }

        return new(polygons.ToImmutable());
    }

    public override void Write(Utf8JsonWriter writer, GeoOutline value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var polygon in value.Polygons)
        {
            writer.WriteStartArray();
            foreach (var ring in polygon.Holes.Prepend(polygon.Exterior))
            {
                writer.WriteStartArray();
                foreach (var place in ring)
                {
                    writer.WriteNumberValue(place.Longitude);
                    writer.WriteNumberValue(place.Latitude);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static ImmutableArray<LonLat> Ring(ref Utf8JsonReader reader)
    {
        var ring = ImmutableArray.CreateBuilder<LonLat>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            var longitude = reader.GetDouble();
            ring.Add(reader.Read() && reader.TokenType == JsonTokenType.Number
                ? new(longitude, reader.GetDouble()) : throw new JsonException("a ring ends within a position"));
        }

        return reader.TokenType == JsonTokenType.EndArray && ring.Count > 0 ? ring.ToImmutable()
            : throw new JsonException("a ring is no list of numbers");
    }

    // Whether another list begins in the one that is read; else that one ends.
    private static bool IsNext(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        Expect(reader.TokenType);
        return true;
    }

    private static void Expect(JsonTokenType token)
    {
        if (token != JsonTokenType.StartArray)
        {
            throw new JsonException("an outline is no list of lists");
        }
    }
}
