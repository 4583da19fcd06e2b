using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>What the passes of an alert say together.</summary>
internal static class AlertWindow
{
    /// <summary>Whether among any m passes in a row n are beyond the enter threshold, by whatever reference each was
    /// measured: enough for an alert that stands to go on, for a mask that changes takes none away.</summary>
    public static bool Confirms(AlertRule rule, ImmutableArray<KeptPass> passes)
    {
        var hits = 0;
        for (var i = 0; i < passes.Length; i++)
        {
            hits += passes[i].Enters ? 1 : 0;
            hits -= i >= rule.OutOfPasses && passes[i - rule.OutOfPasses].Enters ? 1 : 0;
            if (hits >= rule.ConfirmPasses)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How much an alert is to be believed: most where its passes come from two backends, or where those on
    /// which a second backend agrees would confirm it by themselves.</summary>
    public static AlertConfidence ConfidenceOf(AlertRule rule, AlertPhase phase, ImmutableArray<KeptPass> passes) =>
        phase == AlertPhase.Provisional ? AlertConfidence.Low
        : passes.SelectMany(kept => kept.Backends).Distinct().Take(2).Count() == 2
            || ReferenceWindow.Confirms(rule, passes, kept => kept.AgreedBy is not null) ? AlertConfidence.Highest
        : AlertConfidence.High;
}
