using SpexStream.Domain.Identity;

namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>
/// What every message takes from its surroundings. Nothing of it but the station enters an event's id.
/// </summary>
/// <param name="Station">The station that speaks.</param>
/// <param name="Now">When it is said, UTC.</param>
public sealed record WireContext(StationId Station, DateTimeOffset Now)
{
    /// <summary>How events are wrapped.</summary>
    public EnvelopeOptions Envelope { get; init; } = new();

    /// <summary>W3C trace context to hand on; null for none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Number of the message in its outbox; null for none.</summary>
    public long? Sequence { get; init; }

    /// <summary>
    /// CloudEvents source: the station, not the node, so that a repeat from another node is recognised.
    /// </summary>
    public string Source => $"/spex/a/{Station.Value}";
}
