using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>What the passes of an alert say together.</summary>
internal static class AlertWindow
{
    /// <summary>How sure they make an alert: confirmed where n of m in a row are beyond the enter threshold by one
    /// reference.</summary>
    public static AlertPhase PhaseOf(AlertRule rule, ImmutableArray<KeptPass> passes) =>
        ReferenceWindow.Confirms(rule, passes, kept => kept.Enters) ? AlertPhase.Confirmed : AlertPhase.Provisional;

    /// <summary>How much an alert is to be believed: most where its passes come from two backends, or where those on
    /// which a second backend agrees would confirm it by themselves.</summary>
    public static AlertConfidence ConfidenceOf(AlertRule rule, AlertPhase phase, ImmutableArray<KeptPass> passes) =>
        phase == AlertPhase.Provisional ? AlertConfidence.Low
        : passes.SelectMany(kept => kept.Backends).Distinct().Take(2).Count() == 2
            || ReferenceWindow.Confirms(rule, passes, kept => kept.AgreedBy is not null) ? AlertConfidence.Highest
        : AlertConfidence.High;
}
