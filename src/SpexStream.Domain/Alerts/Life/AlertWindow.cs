using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>What those passes of an alert say together that were measured by one reference: what another mask made of
/// its pass does not add up with them.</summary>
internal static class AlertWindow
{
    /// <summary>How sure they make an alert: confirmed where n of m in a row are beyond the enter threshold.</summary>
    public static AlertPhase PhaseOf(AlertRule rule, ImmutableArray<KeptPass> passes) =>
        Confirms(rule, passes, kept => kept.Enters) ? AlertPhase.Confirmed : AlertPhase.Provisional;

    /// <summary>How much an alert is to be believed: most where its passes come from two backends, or where those on
    /// which a second backend agrees would confirm it by themselves.</summary>
    public static AlertConfidence ConfidenceOf(AlertRule rule, AlertPhase phase, ImmutableArray<KeptPass> passes) =>
        phase == AlertPhase.Provisional ? AlertConfidence.Low
        : AreFromTwoBackends(passes) || Confirms(rule, passes, kept => kept.AgreedBy is not null)
            ? AlertConfidence.Highest
        : AlertConfidence.High;

    /// <summary>How many passes are beyond the enter threshold by the reference of one of them.</summary>
    public static int Hits(ReadOnlySpan<KeptPass> passes, KeptPass one) => Hits(passes, one, kept => kept.Enters);

    private static bool Confirms(AlertRule rule, ImmutableArray<KeptPass> passes, Predicate<KeptPass> counts)
    {
        for (var end = 1; end <= passes.Length; end++)
        {
            var last = passes[end - 1];
            var window = passes.AsSpan(Math.Max(0, end - rule.OutOfPasses)..end);
            if (counts(last) && Hits(window, last, counts) >= rule.ConfirmPasses)
            {
                return true;
            }
        }

        return false;
    }

    private static int Hits(ReadOnlySpan<KeptPass> passes, KeptPass one, Predicate<KeptPass> counts)
    {
        var hits = 0;
        foreach (var kept in passes)
        {
            hits += counts(kept) && IsByOneReference(kept, one) ? 1 : 0;
        }

        return hits;
    }

    // Mostly there is but one; then nothing is held against each other.
    private static bool AreFromTwoBackends(ImmutableArray<KeptPass> passes) =>
        passes.SelectMany(kept => kept.Backends).Distinct().Skip(1).Any()
        && passes.Any(one => passes.Any(
            kept => IsByOneReference(kept, one) && kept.Backends.Union(one.Backends).Count > 1));

    private static bool IsByOneReference(KeptPass kept, KeptPass one) => AreaMeasurement.IsSameReference(
        kept.Pass.Measured.Reference, one.Pass.Measured.Reference);
}
