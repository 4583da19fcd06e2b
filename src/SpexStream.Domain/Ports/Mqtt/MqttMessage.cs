using System.Collections.Immutable;

namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>A message to publish, or one received. Strings are at most 65,535 bytes as UTF-8, without U+0000.</summary>
public sealed record MqttMessage
{
    /// <summary>Topic name: not empty, no <c>+</c> and <c>#</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>The content; may be empty. Not copied: see the publisher's and the delivery's rules of
    /// ownership.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>How surely it is delivered.</summary>
    public MqttQos Qos { get; init; } = MqttQos.AtLeastOnce;

    /// <summary>To publish: the broker keeps it for later subscribers (an empty payload clears the topic). Received: it
    /// was kept, or the subscription asked for the flag as published.</summary>
    public bool Retain { get; init; }

    /// <summary>True when the payload is UTF-8 text (payload format indicator 1).</summary>
    public bool IsText { get; init; }

    /// <summary>MIME type of the payload, or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>Life time of an undelivered message, whole seconds (rounded up), at most 2^32 - 1; null = for ever.
    /// Received: what is left of it.</summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>Topic on which an answer is expected, or null.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>Tells the asker which answer belongs to which request, at most 65,535 bytes; null = not
    /// given.</summary>
    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    /// <summary>Name and value pairs in order; names may repeat.</summary>
    public ImmutableArray<MqttUserProperty> UserProperties { get; init; } = [];

    /// <summary>The first value under a name, or null.</summary>
    public string? UserProperty(string name)
    {
        foreach (var property in UserProperties)
        {
            if (property.Name == name)
            {
                return property.Value;
            }
        }

        return null;
    }
}
