using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>The rule behind an alert and the numbers that it was held against, all in
/// <paramref name="Unit"/>.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Unit">"ha" or "%".</param>
/// <param name="BaselinePercent">Share of the seen ground that is usual, in percent; null without a median.</param>
/// <param name="Reference">Name of the reference mask; null without one.</param>
/// <param name="Observed">The value.</param>
/// <param name="Delta">Change since the message before, where there is one that compares.</param>
/// <param name="Enter">Enter threshold.</param>
/// <param name="Exit">Exit threshold.</param>
/// <param name="ConfirmPasses">n of m: n.</param>
/// <param name="OutOfPasses">n of m: m.</param>
public sealed record RuleEvidence(
    RuleId Id, string Version, string Metric, string Unit, double? BaselinePercent, string? Reference, double Observed,
    double? Delta, double Enter, double Exit, int ConfirmPasses, int OutOfPasses)
{
    /// <summary>The evidence of an alert as it stands.</summary>
    public static RuleEvidence Of(AlertRule rule, AlertStanding standing) => new(
        rule.Id,
        standing.RuleVersion,
        rule.Metric.Slug(),
        rule.Metric.Unit(),
        standing.UsualShare * 100,
        (rule.Baseline as AlertBaseline.Reference)?.Mask,
        standing.Value,
        standing.ValueBefore is { } before ? standing.Value - before : null,
        rule.Enter,
        rule.Exit,
        rule.ConfirmPasses,
        rule.OutOfPasses);
}
