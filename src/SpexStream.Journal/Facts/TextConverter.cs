using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpexStream.Journal.Facts;

/// <summary>A value as a string.</summary>
/// <param name="parse">Reads it; throws what the value's type throws for other text.</param>
/// <param name="textOf">Writes it.</param>
internal abstract class TextConverter<T>(Func<string, T> parse, Func<T, string> textOf) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        parse(reader.GetString() ?? string.Empty);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(textOf(value));
}
