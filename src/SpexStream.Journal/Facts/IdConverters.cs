using System.Text.Json;
using System.Text.Json.Serialization;
using SpexStream.Domain.Identity;

namespace SpexStream.Journal.Facts;

/// <summary>A scene's id as a string.</summary>
internal sealed class SceneIdConverter : JsonConverter<SceneId>
{
    public override SceneId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        SceneId.Parse(reader.GetString() ?? string.Empty);

    public override void Write(Utf8JsonWriter writer, SceneId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>A platform's id as a string.</summary>
internal sealed class PlatformIdConverter : JsonConverter<PlatformId>
{
    public override PlatformId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        PlatformId.Parse(reader.GetString() ?? string.Empty);

    public override void Write(Utf8JsonWriter writer, PlatformId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
