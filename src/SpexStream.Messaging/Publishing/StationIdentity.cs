using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;

namespace SpexStream.Messaging.Publishing;

/// <summary>Who speaks, and with which programs.</summary>
public sealed record StationIdentity
{
    /// <summary>The station.</summary>
    public required StationId Station { get; init; }

    /// <summary>STAC collection of the products.</summary>
    public string Collection { get; init; } = "spexstream-land-cover";

    /// <summary>Programs and libraries with versions, SpexStream first.</summary>
    public required ImmutableArray<SoftwareVersion> Software { get; init; }

    /// <summary>What decides where a scene names no model of its own.</summary>
    public required ModelFacts Model { get; init; }

    /// <summary>How events are wrapped.</summary>
    public EnvelopeOptions Envelope { get; init; } = new();

    /// <summary>The surroundings of a message said now.</summary>
    public WireContext Context(DateTimeOffset now) => new(Station, now) { Envelope = Envelope };
}
