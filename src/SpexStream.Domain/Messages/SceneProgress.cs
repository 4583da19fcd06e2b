using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Messages;

/// <summary>How far a scene is; retained by the broker for late joiners.</summary>
public sealed record SceneProgress
{
    /// <summary>The satellite.</summary>
    public required PlatformId Platform { get; init; }

    /// <summary>The scene.</summary>
    public required SceneId Scene { get; init; }

    /// <summary>Where it stands.</summary>
    public required ScenePhase Phase { get; init; }

    /// <summary>Revision that is being made or stands, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>Strips that made it.</summary>
    public required int StripsReceived { get; init; }

    /// <summary>Strips of the whole scene; null when unknown.</summary>
    public required int? StripsExpected { get; init; }

    /// <summary>Tiles with an answer.</summary>
    public required int TilesDone { get; init; }

    /// <summary>Tiles of the scene; null when unknown.</summary>
    public required int? TilesTotal { get; init; }

    /// <summary>Strips that made it in percent of those expected, 0..100.</summary>
    public required double CompletenessPercent { get; init; }

    /// <summary>When the product is due, UTC; null without a deadline.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>When the product is expected, UTC; null when it cannot be told.</summary>
    public DateTimeOffset? PredictedFinish { get; init; }

    /// <summary>Tells one change of the phase from another that looks the same; null for mere progress.</summary>
    public long? Change { get; init; }

    /// <summary>Epoch of the scene's owner that says it: what one of a lower epoch says later is out of date. Null when
    /// it is not known.</summary>
    public long? Epoch { get; init; }

    /// <summary>Code of the reason for the phase, by <see cref="TopicLevel.Rule"/>; null when it needs none.</summary>
    public string? Reason { get; init; }

    /// <summary>The reason for people; null when it needs none.</summary>
    public string? Sentence { get; init; }
}
