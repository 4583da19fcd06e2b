using System.Text.Json;
using System.Text.Unicode;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Announcements;

/// <summary>
/// The JSON of a message that comes in: bare, or in a CloudEvent of either mode. Whatever the bytes are, they end in
/// findings, never in an exception.
/// </summary>
internal sealed class EventDocument(
    InboundMessage message, string eventType, AnnouncementLimits limits, ReadFindings findings)
{
    /// <summary>Where findings about the message as a whole lie.</summary>
    public const string Payload = "payload";

    /// <summary>What the event around it says, as far as it was read.</summary>
    public AnnouncementOrigin Origin { get; private set; } = CloudEventReader.Binary(message, eventType, findings);

    /// <summary>Reads the message's payload.</summary>
    public void Read(Action<JsonField> body) => Read(message.Payload, body, isWrapped: false);

    /// <summary>Reads JSON that came beside the payload, and so is no event itself.</summary>
    public void ReadBeside(ReadOnlyMemory<byte> json, Action<JsonField> body) => Read(json, body, isWrapped: true);

    private void Read(ReadOnlyMemory<byte> json, Action<JsonField> body, bool isWrapped)
    {
        try
        {
            Open(json, body, isWrapped);
        }
        catch (InvalidOperationException)
        {
            // The one thing JsonElement throws on well-formed JSON: an escape that is half a surrogate pair.
            findings.Refuse(
                RejectionReason.NotJson, Payload, "holds half a surrogate pair", "escape characters by RFC 8259");
        }
    }

    private void Open(ReadOnlyMemory<byte> json, Action<JsonField> body, bool isWrapped)
    {
        if (json.Length > limits.MaxJsonBytes)
        {
            findings.Refuse(
                RejectionReason.TooLarge,
                Payload,
                $"has {json.Length} bytes of JSON",
                $"send at most {limits.MaxJsonBytes}");
            return;
        }

        using var document = Parse(WithoutMark(json));
        if (document is null)
        {
            return;
        }

        var root = new JsonField(findings, document.RootElement, "");
        if (isWrapped || !CloudEventReader.IsStructured(message, root))
        {
            body(root);
            return;
        }

        Origin = CloudEventReader.Structured(root, eventType, findings);
        if (CloudEventReader.Wrapped(root, limits.MaxJsonBytes) is { } bytes)
        {
            Open(bytes, body, isWrapped: true);
        }
        else
        {
            body(root.Member("data").Required("put the object into the event"));
        }
    }

    private JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            findings.Refuse(RejectionReason.NotJson, Payload, "is not UTF-8", "send JSON as UTF-8");
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(
                json, new() { MaxDepth = limits.MaxDepth, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            findings.Refuse(RejectionReason.NotJson, Payload, "is JSON but no object", "send one JSON object");
        }
        catch (JsonException broken)
        {
            findings.Refuse(
                RejectionReason.NotJson,
                Payload,
                $"cannot be read as JSON near line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}",
                $"send one JSON object, no name twice, at most {limits.MaxDepth} levels deep");
        }

        return null;
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) =>
        json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;
}
