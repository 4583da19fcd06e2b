using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>Whether a second backend has seen in a pass what the first one saw.</summary>
internal static class AlertAgreement
{
    /// <summary>The second backend that holds the value beyond the enter threshold, too, by what it and the first one
    /// agree on; null where none does. Of a rule that watches for too much that is the least that both vouch for, of
    /// one that watches for too little the most that either leaves room for.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="pass">A clear pass whose own value is beyond the threshold.</param>
    /// <param name="usualShare">Median share that is usual, 0..1; null when there is none.</param>
    public static string? With(AlertRule rule, AreaPass pass, double? usualShare)
    {
        if (pass.Second is not { } second || second.Backend == pass.Backend
            || (rule.WatchesFall ? second.Either : second.Both) is not { } extent || SaysNothing(rule, pass, extent))
        {
            return null;
        }

        var agreed = pass.Measured with
        {
            ClassSquareMetres = extent.ClassSquareMetres,
            LargestSquareMetres = extent.LargestSquareMetres,
        };
        return AlertValue.Of(rule, agreed, usualShare) is { } value && rule.Enters(value) ? second.Backend : null;
    }

    // Under a threshold that anything is beyond, silence would be agreement.
    private static bool SaysNothing(AlertRule rule, AreaPass pass, ClassExtent extent) => rule.WatchesFall
        ? extent.ClassSquareMetres >= pass.Measured.ClearSquareMetres : extent.ClassSquareMetres <= 0;
}
