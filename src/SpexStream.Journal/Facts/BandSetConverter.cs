using System.Text.Json;
using System.Text.Json.Serialization;
using SpexStream.Domain.Imagery;

namespace SpexStream.Journal.Facts;

/// <summary>Bands as their names in file order.</summary>
internal sealed class BandSetConverter : JsonConverter<BandSet>
{
    public override BandSet Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var names = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            names.Add(reader.GetString()!);
        }

        return reader.TokenType == JsonTokenType.EndArray ? new(names)
            : throw new JsonException("bands are no list of names");
    }

    public override void Write(Utf8JsonWriter writer, BandSet value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in value.Names)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }
}
