using System.Globalization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>The sentence at the head of a message, in the rule's language.</summary>
internal static class AlertHeadline
{
    public static string Of(AlertRule rule, AreaOfInterest area, AlertFact.AlertChanged fact)
    {
        var isGerman = rule.Language == MessageLanguage.German;
        var what = isGerman ? GermanMetric(rule) : Metric(rule);
        // The number that an alert rested on would read as if it still held.
        if (fact.Transition == AlertTransition.Cancelled)
        {
            return $"{area.Name}: {what}, {(isGerman ? "Meldung zurückgezogen" : "alert withdrawn")}";
        }

        var value = fact.Standing.Value.ToString("0.#", CultureInfo.InvariantCulture);
        value = isGerman ? value.Replace('.', ',') : value;
        var word = isGerman ? GermanWord(rule, fact) : Word(rule, fact);
        return $"{area.Name}: {what} {value} {rule.Metric.Unit()}, {word}";
    }

    private static string Metric(AlertRule rule) => (rule.Metric, Class(rule.Class)) switch
    {
        (AlertMetric.Share, var name) => $"share of {name}",
        (AlertMetric.LargestRegion, var name) => $"largest area of {name}",
        (AlertMetric.Change, var name) when rule.Baseline is AlertBaseline.Reference =>
            $"{name} where there is none as a rule",
        (AlertMetric.Change, var name) => $"{name} against the usual",
        (_, var name) => name,
    };

    private static string GermanMetric(AlertRule rule) => (rule.Metric, GermanClass(rule.Class)) switch
    {
        (AlertMetric.Share, var name) => $"Anteil {name}",
        (AlertMetric.LargestRegion, var name) => $"größte Fläche {name}",
        (AlertMetric.Change, var name) when rule.Baseline is AlertBaseline.Reference => $"{name}, wo sonst keines ist",
        (AlertMetric.Change, var name) => $"{name} gegenüber dem Üblichen",
        (_, var name) => name,
    };

    private static string Class(LandCoverClass value) => value switch
    {
        LandCoverClass.Water => "open water",
        LandCoverClass.Vegetation => "vegetation",
        _ => "built-up or bare ground",
    };

    private static string GermanClass(LandCoverClass value) => value switch
    {
        LandCoverClass.Water => "offenes Wasser",
        LandCoverClass.Vegetation => "Pflanzenwuchs",
        _ => "bebautes oder kahles Land",
    };

    private static string Word(AlertRule rule, AlertFact.AlertChanged fact) => fact switch
    {
        { Transition: AlertTransition.Cleared } => "over",
        { Standing.Confidence: AlertConfidence.Highest } => "confirmed by two backends",
        { Standing.Phase: AlertPhase.Confirmed } => "confirmed",
        _ => rule.Holds(fact.Standing.Value) ? "not yet confirmed"
            : "the newest pass speaks against the alert, which is not confirmed",
    };

    private static string GermanWord(AlertRule rule, AlertFact.AlertChanged fact) => fact switch
    {
        { Transition: AlertTransition.Cleared } => "vorüber",
        { Standing.Confidence: AlertConfidence.Highest } => "von zwei Verfahren bestätigt",
        { Standing.Phase: AlertPhase.Confirmed } => "bestätigt",
        _ => rule.Holds(fact.Standing.Value) ? "noch nicht bestätigt"
            : "der jüngste Überflug spricht gegen die Meldung, die nicht bestätigt ist",
    };
}
