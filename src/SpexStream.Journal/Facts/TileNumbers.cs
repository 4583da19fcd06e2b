using System.Text.Json;

namespace SpexStream.Journal.Facts;

/// <summary>Short lists of numbers of a known length.</summary>
internal static class TileNumbers
{
    /// <summary>Reads a list whose opening bracket was read; ends on the closing one.</summary>
    public static void Read(ref Utf8JsonReader reader, scoped Span<int> numbers)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("a tile is no list of numbers");
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number)
                ? number
                : throw new JsonException($"a tile is not made of {numbers.Length} numbers");
        }

        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
        {
            throw new JsonException($"a tile is not made of {numbers.Length} numbers");
        }
    }

    public static void Write(Utf8JsonWriter writer, params ReadOnlySpan<int> numbers)
    {
        writer.WriteStartArray();
        foreach (var number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
