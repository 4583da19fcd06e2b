using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Mqtt;

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
        var type = (_message.UserProperty("type") ?? _message.Topic)
            .Replace(EventTypes.Prefix, string.Empty, StringComparison.Ordinal);
        var text = new StringBuilder(type);
        foreach (var (name, value) in new[]
        {
            ("scene", _message.UserProperty("sceneid")), ("strip", _message.UserProperty("stripid")),
            ("status", _message.UserProperty("status")), ("reason", Property("reason")), ("phase", Property("phase")),
            ("state", Property("state")),
        })
        {
            if (value is not null)
            {
                text.Append(' ').Append(name).Append('=').Append(value);
            }
        }

        if ((Property("text") ?? Property("message")) is { } words)
        {
            text.Append(": ").Append(words);
        }

        return Clean(text.ToString());
    }

    // What others send does not steer this terminal.
    private static string Clean(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    // Of an event in structured mode, the data stand one level down.
    private string? Property(string name) => Property(_data, name) ?? Property((_data as JsonObject)?["data"], name);

    private static string? Property(JsonNode? data, string name) =>
        ((data as JsonObject)?["properties"] as JsonObject)?[name]?.ToString()
            ?? (data as JsonObject)?[name]?.ToString();
}
