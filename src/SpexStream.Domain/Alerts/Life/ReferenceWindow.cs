using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>What those passes of an alert say together that were measured by one reference: what another mask made of
/// its pass does not add up with them.</summary>
internal static class ReferenceWindow
{
    /// <summary>Whether among any m passes in a row n count by one reference.</summary>
    public static bool Confirms(AlertRule rule, ImmutableArray<KeptPass> passes, Predicate<KeptPass> counts)
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

    /// <summary>How many passes are beyond the enter threshold by the reference of one of them.</summary>
    public static int Hits(ReadOnlySpan<KeptPass> passes, KeptPass one) => Hits(passes, one, kept => kept.Enters);

    private static int Hits(ReadOnlySpan<KeptPass> passes, KeptPass one, Predicate<KeptPass> counts)
    {
        var hits = 0;
        foreach (var kept in passes)
        {
            hits += counts(kept) && AreaMeasurement.IsSameReference(
                kept.Pass.Measured.Reference, one.Pass.Measured.Reference) ? 1 : 0;
        }

        return hits;
    }
}
