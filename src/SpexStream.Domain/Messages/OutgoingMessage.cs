using System.Collections.Immutable;

namespace SpexStream.Domain.Messages;

/// <summary>
/// A message ready for the broker, serialised once and sent as these bytes however often. Immutable; the payload must
/// not be changed by anyone.
/// </summary>
public sealed record OutgoingMessage
{
    /// <summary>Topic, without wildcards.</summary>
    public required string Topic { get; init; }

    /// <summary>The bytes; empty clears a retained message.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Media type of the payload; null with an empty payload.</summary>
    public required string? ContentType { get; init; }

    /// <summary>User properties in order, at most 16, ASCII.</summary>
    public required ImmutableArray<UserProperty> UserProperties { get; init; }

    /// <summary>MQTT quality of service, 0..2.</summary>
    public required int Qos { get; init; }

    /// <summary>Whether the broker keeps it for late joiners.</summary>
    public required bool Retain { get; init; }

    /// <summary>Message expiry, whole seconds; null for none.</summary>
    public required TimeSpan? Expiry { get; init; }

    /// <summary>Whether the payload is UTF-8 text (MQTT payload format indicator 1).</summary>
    public required bool IsText { get; init; }

    /// <summary>CloudEvents id; equal for two messages that say the same. Empty for a clearing message.</summary>
    public required string EventId { get; init; }

    /// <summary>CloudEvents type, one of <see cref="EventTypes"/>. Empty for a clearing message.</summary>
    public required string EventType { get; init; }

    /// <summary>The message that makes the broker forget the retained one of a topic.</summary>
    public static OutgoingMessage Clear(string topic) => new()
    {
        Topic = topic,
        Payload = ReadOnlyMemory<byte>.Empty,
        ContentType = null,
        UserProperties = [],
        Qos = 1,
        Retain = true,
        Expiry = null,
        IsText = false,
        EventId = "",
        EventType = "",
    };
}
