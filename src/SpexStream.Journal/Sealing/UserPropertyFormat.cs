using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Domain.Messages;

namespace SpexStream.Journal.Sealing;

/// <summary>User properties as bytes: <c>["name","value","name","value"]</c>.</summary>
internal static class UserPropertyFormat
{
    public static byte[] Write(ImmutableArray<UserProperty> properties)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartArray();
            foreach (var (name, value) in properties)
            {
                writer.WriteStringValue(name);
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        return bytes.ToArray();
    }

    /// <exception cref="JsonException">The bytes are no such list.</exception>
    public static ImmutableArray<UserProperty> Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        var texts = new List<string>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            texts.Add(reader.GetString()!);
        }

        return texts.Count % 2 == 0
            ? [.. texts.Chunk(2).Select(pair => new UserProperty(pair[0], pair[1]))]
            : throw new JsonException("a user property has no value");
    }
}
