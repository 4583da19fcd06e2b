using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Daemon.Console;

/// <summary>An event as watch shows it.</summary>
internal sealed class ShownEvent
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly MqttMessage _message;
    private readonly JsonNode? _data;

    private ShownEvent(MqttMessage message, JsonNode? data) => (_message, _data) = (message, data);

    public static ShownEvent Of(MqttMessage message)
    {
        JsonNode? data = null;
        try
        {
            data = message.Payload.IsEmpty || !Utf8.IsValid(message.Payload.Span) ? null
                : JsonNode.Parse(message.Payload.Span, documentOptions: Strict);
            // Strings are looked into only when they are used; half a surrogate pair shall be found here.
            _ = data?.ToJsonString();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Not every payload is JSON, and anybody with the right may have sent it; it is shown by its topic alone.
            data = null;
        }

        return new ShownEvent(message, data);
    }

    /// <summary>Whether the broker had kept it.</summary>
    public bool IsKept => _message.Retain;

    /// <summary>What it says as the state of a scene, in either mode of events; null when it is something
    /// else.</summary>
    public (string Phase, int Revision, string? Words)? StateOf(string scene) =>
        _message.Topic.EndsWith($"/state/scene/{scene}", StringComparison.Ordinal) && Property("phase") is { } phase
        && int.TryParse(Property("revision"), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? (Clean(phase), revision, Property("message") is { } words ? Clean(words) : null)
            : null;

    public string ToJson()
    {
        var line = new JsonObject { ["topic"] = _message.Topic, ["retain"] = _message.Retain };
        var properties = new JsonObject();
        foreach (var property in _message.UserProperties)
        {
            properties[property.Name] = property.Value;
        }

        line["properties"] = properties;
        line["data"] = _data?.DeepClone();
        return line.ToJsonString();
    }

    public string ToText()
    {
        var about = TopicParser.TryParse(_message.Topic);
        var scene = Attribute("sceneid") ?? (about as SpexTopic.SceneState)?.Scene.Value ?? LastObservation();
        (string Name, string? Value)[] parts =
        [
            ("node", (about as SpexTopic.NodeState)?.Node), ("scene", scene), ("strip", Attribute("stripid")),
            .. Subject(about),
            ("status", Attribute("status")), ("reason", Property("reason")), ("phase", Property("phase")),
            ("state", Property("state")),
        ];
        var text = new StringBuilder(Title(about));
        foreach (var (name, value) in parts)
        {
            if (value is not null)
            {
                text.Append(' ').Append(name).Append('=').Append(value);
            }
        }

        if ((Property("text") ?? Property("headline") ?? Property("message")) is { } words)
        {
            text.Append(": ").Append(words);
        }

        return Clean(text.ToString());
    }

    private string Title(SpexTopic? about)
    {
        var type = Attribute("type") is { } known && known.StartsWith(EventTypes.Prefix, StringComparison.Ordinal)
            ? known[EventTypes.Prefix.Length..] : _message.UserProperty("type");
        return about switch
        {
            SpexTopic.CapOut when type is not null => $"{type} cap",
            // The broker keeps nothing of it from here on.
            SpexTopic.AlertState when _message.Payload.IsEmpty => "alert.state.v1 ended",
            SpexTopic.SceneState when _message.Payload.IsEmpty => "scene.progress.v1 ended",
            SpexTopic.NodeState when _message.Payload.IsEmpty => "node.status.v1 ended",
            _ => type ?? _message.Topic,
        };
    }

    // What the topic says of the thing, which every event of its kind has; the words of a payload may be anything.
    private (string Name, string? Value)[] Subject(SpexTopic? about) => about switch
    {
        SpexTopic.MaskOut mask => [("class", mask.Class.Slug())],
        SpexTopic.ObservationOut observation => [("class", observation.Class.Slug())],
        SpexTopic.AlertOut alert => Alert(alert.Class, alert.Severity, alert.Aoi),
        SpexTopic.CapOut cap => Alert(cap.Class, cap.Severity, cap.Aoi),
        SpexTopic.AlertState alert =>
        [
            ("class", alert.Class.Slug()), ("severity", Property("severity")?.ToLowerInvariant()), ("area", alert.Aoi),
            ("alert", alert.AlertId),
        ],
        _ => [],
    };

    private static (string Name, string? Value)[] Alert(ProductClass value, AlertSeverity severity, string aoi) =>
        [("class", value.Slug()), ("severity", severity.Slug()), ("area", aoi)];

    // An alert names the scenes that it rests on.
    private string? LastObservation() =>
        (Node("observations") as JsonArray)?.LastOrDefault() is JsonValue last ? last.ToString() : null;

    // Of an event in structured mode, the attributes stand beside the data.
    private string? Attribute(string name) => _message.UserProperty(name)
        ?? (_data is JsonObject whole && whole.ContainsKey("specversion") && whole[name] is JsonValue value
            ? value.ToString() : null);

    // What others send does not steer this terminal.
    private static string Clean(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    // Of an event in structured mode, the data stand one level down.
    private string? Property(string name) => Node(name)?.ToString();

    private JsonNode? Node(string name) => Node(_data, name) ?? Node((_data as JsonObject)?["data"], name);

    private static JsonNode? Node(JsonNode? data, string name) =>
        ((data as JsonObject)?["properties"] as JsonObject)?[name] ?? (data as JsonObject)?[name];
}
