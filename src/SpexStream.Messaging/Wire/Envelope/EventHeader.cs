using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>What an event is about, apart from its payload.</summary>
internal sealed record EventHeader
{
    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Id of the thing within its source.</summary>
    public required string Subject { get; init; }

    /// <summary>Stable key of the thing.</summary>
    public required DataId DataId { get; init; }

    /// <summary>Revision of the thing; null where it has none.</summary>
    public int? Revision { get; init; }

    /// <summary>Whether more is to come; null where that makes no sense.</summary>
    public ProductStatus? Status { get; init; }

    /// <summary>The scene; null for none.</summary>
    public SceneId? Scene { get; init; }

    /// <summary>The strip; null for none.</summary>
    public int? Strip { get; init; }
}
