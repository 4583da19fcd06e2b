using System.Text.Json;
using System.Text.Json.Serialization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
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

/// <summary>A rule's id as a string.</summary>
internal sealed class RuleIdConverter : JsonConverter<RuleId>
{
    public override RuleId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        RuleId.Parse(reader.GetString() ?? string.Empty);

    public override void Write(Utf8JsonWriter writer, RuleId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>An area's id as a string.</summary>
internal sealed class AreaIdConverter : JsonConverter<AreaId>
{
    public override AreaId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        AreaId.Parse(reader.GetString() ?? string.Empty);

    public override void Write(Utf8JsonWriter writer, AreaId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>An alert's id as a string.</summary>
internal sealed class AlertIdConverter : JsonConverter<AlertId>
{
    public override AlertId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        new(reader.GetString() ?? string.Empty);

    public override void Write(Utf8JsonWriter writer, AlertId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
