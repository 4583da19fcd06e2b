using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Cover;
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

    /// <summary>Whether they do so by one reference: what another mask made of its pass does not add up with
    /// it.</summary>
    public static bool ConfirmsAlike(AlertRule rule, ImmutableArray<KeptPass> passes)
    {
        for (var end = 1; end <= passes.Length; end++)
        {
            var last = passes[end - 1];
            var window = passes.AsSpan(Math.Max(0, end - rule.OutOfPasses)..end);
            if (last.Enters && Hits(window, last) >= rule.ConfirmPasses)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many passes are beyond the enter threshold by the reference of one of them.</summary>
    public static int Hits(ReadOnlySpan<KeptPass> passes, KeptPass one)
    {
        var hits = 0;
        foreach (var kept in passes)
        {
            hits += kept.Enters && AreaMeasurement.IsSameReference(
                kept.Pass.Measured.Reference, one.Pass.Measured.Reference) ? 1 : 0;
        }

        return hits;
    }

    /// <summary>How much an alert is to be believed.</summary>
    public static AlertConfidence ConfidenceOf(AlertPhase phase, ImmutableArray<KeptPass> passes) =>
        phase == AlertPhase.Provisional ? AlertConfidence.Low
        : passes.SelectMany(kept => kept.Backends).Distinct().Take(2).Count() == 2 ? AlertConfidence.Highest
        : AlertConfidence.High;
}
