using System.Text.Json;
using System.Text.Json.Serialization;
using SpexStream.Domain.Announcements;

namespace SpexStream.Journal.Facts;

/// <summary>A digest as multihash in hex.</summary>
internal sealed class ChecksumConverter : JsonConverter<ContentChecksum>
{
    public override ContentChecksum Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        ContentChecksum.TryParse(reader.GetString() ?? string.Empty, out var checksum) && checksum is not null
            ? checksum
            : throw new JsonException("a checksum is no multihash");

    public override void Write(Utf8JsonWriter writer, ContentChecksum value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Multihash);
}
