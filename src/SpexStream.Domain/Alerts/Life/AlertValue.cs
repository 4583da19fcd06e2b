using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>From what was measured to the number that a rule watches.</summary>
public static class AlertValue
{
    /// <summary>Whether a pass saw enough of the area to count.</summary>
    public static bool IsClear(AlertRule rule, AreaMeasurement measured) =>
        measured.ClearSquareMetres > 0 && measured.ClearShare * 100 >= rule.MinimumClearPercent;

    /// <summary>The number in the unit of the rule's metric; null while the baseline it needs is not known.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="measured">What was measured on ground clearly seen.</param>
    /// <param name="usualShare">Median share that is usual, 0..1; null when there is none.</param>
    public static double? Of(AlertRule rule, AreaMeasurement measured, double? usualShare) => rule.Metric switch
    {
        AlertMetric.Area => measured.ClassSquareMetres / AreaMeasurement.SquareMetresPerHectare,
        AlertMetric.Share => measured.ClassShare * 100,
        AlertMetric.LargestRegion => measured.LargestSquareMetres / AreaMeasurement.SquareMetresPerHectare,
        // What lies on the reference was left out when it was measured.
        AlertMetric.Change when rule.Baseline is AlertBaseline.Reference =>
            measured.ClassSquareMetres / AreaMeasurement.SquareMetresPerHectare,
        // Only the ground seen now is spoken of, so that a cloud over half the area is no loss.
        AlertMetric.Change when usualShare is { } usual =>
            (measured.ClassSquareMetres - (usual * measured.ClearSquareMetres))
                / AreaMeasurement.SquareMetresPerHectare,
        _ => null,
    };

    /// <summary>The median share of the class in the last usual passes over the same ground; null while there are too
    /// few, or where the rule has no median.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="passes">Passes, oldest first.</param>
    /// <param name="outline">Digest of the area's outline as it is now; null where it is not known.</param>
    public static double? UsualShare(AlertRule rule, IEnumerable<KeptPass> passes, string? outline)
    {
        if (rule.Baseline is not AlertBaseline.Median median)
        {
            return null;
        }

        double[] shares = [.. passes
            .Where(kept => kept.IsUsual && AreaPass.IsSameGround(kept.Pass.Outline, outline)).TakeLast(median.Passes)
            .Select(kept => kept.Pass.Measured.ClassShare).Order()];
        return shares.Length < median.Needed ? null
            : (shares[(shares.Length - 1) / 2] + shares[shares.Length / 2]) / 2;
    }
}
