using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Messages;

/// <summary>Something was given up, with all that is needed to find out why and to play it again.</summary>
public sealed record DeadLetter
{
    /// <summary>Stage that gave up, by <see cref="TopicLevel.Rule"/>.</summary>
    public required string Stage { get; init; }

    /// <summary>Reason code, by <see cref="TopicLevel.Rule"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>What happened and what to do, in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>The message it began with.</summary>
    public required OriginalPayload Original { get; init; }

    /// <summary>Number of the arrival in the journal, or of the failure of a scene; tells a repeat from the
    /// first.</summary>
    public required long Arrival { get; init; }

    /// <summary>How often it was tried, at least 1.</summary>
    public required int Attempts { get; init; }

    /// <summary>The scene; null when unknown.</summary>
    public SceneId? Scene { get; init; }

    /// <summary>The strip; null when unknown.</summary>
    public int? Strip { get; init; }

    /// <summary>Where the whole payload is kept; null when it is not.</summary>
    public string? Href { get; init; }
}
