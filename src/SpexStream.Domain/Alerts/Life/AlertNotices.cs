using System.Globalization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>Makes notices of facts.</summary>
public static class AlertNotices
{
    /// <summary>What is to be said of a change.</summary>
    /// <param name="rule">The rule that judged.</param>
    /// <param name="area">The area.</param>
    /// <param name="fact">The change.</param>
    /// <param name="status">What the operator switched on.</param>
    /// <param name="scope">For whom.</param>
    public static AlertNotice Of(
        AlertRule rule, AreaOfInterest area, AlertFact.AlertChanged fact, AlertStatus status, AlertScope scope)
    {
        var standing = fact.Standing;
        // What an alert that should not have been rested on is not told again.
        var change = fact.Transition == AlertTransition.Cancelled ? null : standing.Change;
        return new()
        {
            AlertId = standing.Id,
            Transition = fact.Transition,
            Identifier = Identifier(standing, standing.Number),
            Number = standing.Number,
            Sent = standing.ToldAt,
            MessageType = TypeOf(fact.Transition),
            Reference = standing.ToldBefore is { } before
                ? new(Identifier(standing, standing.Number - 1), before) : null,
            Status = status,
            Scope = scope,
            Category = CategoryOf(rule.Class),
            Event = EventOf(rule),
            Urgency = UrgencyOf(fact),
            Severity = standing.Severity,
            Certainty = standing.Phase == AlertPhase.Provisional ? "Likely" : "Observed",
            Onset = standing.FirstSeen,
            Expires = standing.ExpiresAt,
            Headline = AlertHeadline.Of(rule, area, fact),
            Language = rule.Language.Tag(),
            AreaDescription = area.Name,
            Area = area.Id,
            Class = rule.Class,
            Rule = RuleEvidence.Of(rule, standing),
            Confidence = standing.Confidence,
            LastSeen = standing.LastSeen,
            Count = standing.Count,
            Observations = standing.Scenes,
            Product = standing.Product,
            Reason = fact.Reason,
            Change = change,
            Description = change is null ? null : ChangeWords.Of(rule, change),
            TraceParent = standing.TraceParent,
        };
    }

    /// <summary>One sentence for people on an alert that is open, as its last message says it but for its newest
    /// number.</summary>
    public static string HeadlineOf(AlertRule rule, AreaOfInterest area, AlertStanding standing) =>
        AlertHeadline.Of(rule, area, new(AlertTransition.Extended, standing));

    private static string Identifier(AlertStanding standing, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{standing.Id}.{number}");

    private static CapMessageType TypeOf(AlertTransition transition) => transition switch
    {
        AlertTransition.Raised => CapMessageType.Alert,
        AlertTransition.Cancelled => CapMessageType.Cancel,
        _ => CapMessageType.Update,
    };

    private static string CategoryOf(LandCoverClass value) => value switch
    {
        LandCoverClass.Water => "Geo",
        LandCoverClass.Vegetation => "Env",
        _ => "Infra",
    };

    private static string EventOf(AlertRule rule) => rule.Baseline is AlertBaseline.Reference
        && rule.Class == LandCoverClass.Water ? "flood"
        : $"{(rule.Class == LandCoverClass.Water ? "surface-water" : rule.Class.Slug())}-"
            + (rule.WatchesFall ? "decrease" : "increase");

    private static string UrgencyOf(AlertFact.AlertChanged fact) => fact.Transition switch
    {
        AlertTransition.Cleared or AlertTransition.Cancelled => "Past",
        _ => fact.Standing.Severity >= AlertSeverity.Severe ? "Immediate" : "Expected",
    };
}
