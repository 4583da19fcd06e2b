using SpexStream.Domain.Announcements;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>Takes the CloudEvent, if there is one, off a message that came in.</summary>
internal static class CloudEventReader
{
    private const int MaxAttribute = 1024;

    /// <summary>Whether the attributes stand in the payload.</summary>
    public static bool IsStructured(InboundMessage message, JsonField root) =>
        (message.ContentType?.StartsWith(MediaTypes.EventPrefix, StringComparison.OrdinalIgnoreCase) ?? false)
        || (root.Member("specversion").Exists && !root.Member("stac_version").Exists);

    /// <summary>The attributes in user properties; a message without them is no event and that is fine.</summary>
    public static AnnouncementOrigin Binary(InboundMessage message, string expected, ReadFindings findings)
    {
        var trace = TraceParent.Valid(message.Property("traceparent"));
        if (message.Property("specversion") is null)
        {
            return new(null, null, trace);
        }

        CheckType(message.Property("type"), "user property \"type\"", expected, findings);
        return new(Short(message.Property("id")), Short(message.Property("source")), trace);
    }

    /// <summary>The attributes in the payload.</summary>
    public static AnnouncementOrigin Structured(JsonField root, string expected, ReadFindings findings)
    {
        if (root.Member("specversion").Required("give \"1.0\"").Text(MaxAttribute) is { } version and not "1.0")
        {
            root.Member("specversion").Refuse($"is {Rejection.Quote(version)}", "use CloudEvents 1.0");
        }

        CheckType(root.Member("type").Required("give the event's type").Text(MaxAttribute), "type", expected, findings);
        return new(
            root.Member("id").Required("give the event's id").Text(MaxAttribute),
            root.Member("source").Required("give the event's source").Text(MaxAttribute),
            TraceParent.Valid(root.Member("traceparent").Text(MaxAttribute)));
    }

    /// <summary>The payload of a structured event, as bytes where it is wrapped in base64.</summary>
    public static byte[]? Wrapped(JsonField root, int maxBytes)
    {
        if (root.Member("data").Exists || root.Member("data_base64").Text((maxBytes / 3 * 4) + 4) is not { } text)
        {
            return null;
        }

        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var written)
            ? bytes[..written]
            : root.Member("data_base64").Refuse<byte[]>("is no base64", "encode the Item by RFC 4648, section 4");
    }

    // Foreign senders have types of their own; only what says something else for certain is refused.
    private static void CheckType(string? type, string where, string expected, ReadFindings findings)
    {
        var other = type is not null && type != expected
            && (type.StartsWith(EventTypes.Prefix, StringComparison.Ordinal)
                || type.EndsWith(".delete", StringComparison.Ordinal));
        if (other)
        {
            findings.Refuse(
                RejectionReason.BadField,
                where,
                $"is {Rejection.Quote(type!)}",
                $"use {expected} on this topic; withdraw products with the command retract");
        }
    }

    private static string? Short(string? value) => value is { Length: > 0 and <= MaxAttribute } ? value : null;
}
