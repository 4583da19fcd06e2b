using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>Where an alert stands after a transition: all that its message says of it.</summary>
public sealed record AlertStanding
{
    /// <summary>Its id, the same for its whole life.</summary>
    public required AlertId Id { get; init; }

    /// <summary>Version of the rule that judged it last.</summary>
    public required string RuleVersion { get; init; }

    /// <summary>How sure it is.</summary>
    public required AlertPhase Phase { get; init; }

    /// <summary>How much it is to be believed.</summary>
    public required AlertConfidence Confidence { get; init; }

    /// <summary>How grave it is.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>Number of its last message, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When its last message was decided.</summary>
    public required DateTimeOffset ToldAt { get; init; }

    /// <summary>When the message before that was decided; null for the first.</summary>
    public required DateTimeOffset? ToldBefore { get; init; }

    /// <summary>The value that the message before told; null for the first, and where it does not compare because the
    /// reference mask was another.</summary>
    public required double? ValueBefore { get; init; }

    /// <summary>The value that was told last.</summary>
    public required double ToldValue { get; init; }

    /// <summary>Value of the newest pass.</summary>
    public required double Value { get; init; }

    /// <summary><see cref="AreaMeasurement.Reference"/> of the newest pass; null where none is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reference { get; init; }

    /// <summary>Share that counted as usual when it began, 0..1; kept for its whole life, so that it does not become
    /// usual itself. Null where the rule has no median.</summary>
    public required double? UsualShare { get; init; }

    /// <summary>When the first pass that saw it was sensed.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When the last pass that supports it was sensed.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>When the newest pass that had a say was sensed; the end of one that is cleared.</summary>
    public required DateTimeOffset LastPass { get; init; }

    /// <summary>When it ends if no further pass supports it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Passes that saw it beyond the enter threshold.</summary>
    public required int Count { get; init; }

    /// <summary>The passes that had a say, oldest first, as far as they are kept.</summary>
    public required ImmutableArray<SceneId> Scenes { get; init; }

    /// <summary>Link to the product of the newest pass; null without one.</summary>
    public required string? Product { get; init; }

    /// <summary>What the newest pass says against the one before it; null where none is known, or what it was compared
    /// with was withdrawn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ToldChange? Change { get; init; }

    /// <summary>W3C trace context of the scene that changed it last; null where none was known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceParent { get; init; }

    /// <summary>Whether what was told of it last is meant to be acted on; else it said that it is a test.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsActual { get; init; }

    /// <summary>From the first to the last pass that supports it.</summary>
    [JsonIgnore]
    public TimeSpan Duration => LastSeen - FirstSeen;
}
