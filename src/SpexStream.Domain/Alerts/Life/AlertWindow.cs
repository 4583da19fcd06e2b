using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>What the passes of an alert say together.</summary>
internal static class AlertWindow
{
    /// <summary>Whether among any m passes in a row n are beyond the enter threshold.</summary>
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

    /// <summary>How much an alert is to be believed.</summary>
    public static AlertConfidence ConfidenceOf(AlertPhase phase, ImmutableArray<KeptPass> passes) =>
        phase == AlertPhase.Provisional ? AlertConfidence.Low
        : passes.SelectMany(kept => kept.Backends).Distinct().Take(2).Count() == 2 ? AlertConfidence.Highest
        : AlertConfidence.High;
}
