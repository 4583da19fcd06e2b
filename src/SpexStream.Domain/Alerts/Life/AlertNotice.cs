using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>
/// What a message says of an alert, in the words of CAP 1.2, before it is written in any format. Made from a fact and
/// what was fixed before it, so the same fact always says the same.
/// </summary>
public sealed record AlertNotice
{
    /// <summary>The alert; the same in all of its messages.</summary>
    public required AlertId AlertId { get; init; }

    /// <summary>What happened to it.</summary>
    public required AlertTransition Transition { get; init; }

    /// <summary>CAP identifier of this message: the alert's id and the number of the message.</summary>
    public required string Identifier { get; init; }

    /// <summary>Number of this message among those of the alert, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it was decided; CAP's <c>sent</c>.</summary>
    public required DateTimeOffset Sent { get; init; }

    /// <summary>CAP <c>msgType</c>.</summary>
    public required CapMessageType MessageType { get; init; }

    /// <summary>The message that this one takes the place of; null for the first.</summary>
    public required AlertReference? Reference { get; init; }

    /// <summary>Whether it is meant to be acted on.</summary>
    public required AlertStatus Status { get; init; }

    /// <summary>For whom it is.</summary>
    public required AlertScope Scope { get; init; }

    /// <summary>CAP <c>category</c>: Geo, Env or Infra.</summary>
    public required string Category { get; init; }

    /// <summary>What kind of event: "surface-water-increase".</summary>
    public required string Event { get; init; }

    /// <summary>CAP <c>urgency</c>.</summary>
    public required string Urgency { get; init; }

    /// <summary>How grave it is.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>CAP <c>certainty</c>: Observed, or Likely while one pass alone has seen it.</summary>
    public required string Certainty { get; init; }

    /// <summary>When the first pass that saw it was sensed.</summary>
    public required DateTimeOffset Onset { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>One sentence for people, in the rule's language.</summary>
    public required string Headline { get; init; }

    /// <summary>Tag of that language.</summary>
    public required string Language { get; init; }

    /// <summary>The area's name.</summary>
    public required string AreaDescription { get; init; }

    /// <summary>The area; its polygons are the message's geometry, simplified as need be.</summary>
    public required AreaId Area { get; init; }

    /// <summary>The class.</summary>
    public required LandCoverClass Class { get; init; }

    /// <summary>Why it was sent.</summary>
    public required RuleEvidence Rule { get; init; }

    /// <summary>How much it is to be believed.</summary>
    public required AlertConfidence Confidence { get; init; }

    /// <summary>When the last pass that supports it was sensed.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Passes that saw it beyond the enter threshold.</summary>
    public required int Count { get; init; }

    /// <summary>The scenes that had a say, oldest first.</summary>
    public required ImmutableArray<SceneId> Observations { get; init; }

    /// <summary>Link to the product of the newest; null without one.</summary>
    public required string? Product { get; init; }

    /// <summary>Why, for people, where the numbers do not say it: what was withdrawn.</summary>
    public required string? Reason { get; init; }

    /// <summary>What the newest pass says against the one before it; null where that is not known, and for an alert
    /// that is taken back.</summary>
    public ToldChange? Change { get; init; }

    /// <summary>The same in one sentence for people, in the rule's language; null without it.</summary>
    public string? Description { get; init; }

    /// <summary>W3C trace context of the scene that it comes from; null where none was known.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Whether subscribers are told of it. An alert that only holds longer changes its retained state; one
    /// that has expired is gone by the expiry that was told.</summary>
    public bool IsMessage => Transition is not (AlertTransition.Extended or AlertTransition.Expired);

    /// <summary>Whether its retained state stands after it.</summary>
    public bool IsOpen => Transition is AlertTransition.Raised or AlertTransition.Confirmed or AlertTransition.Updated
        or AlertTransition.Extended;
}
