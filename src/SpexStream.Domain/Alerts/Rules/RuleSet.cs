using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Cover;

namespace SpexStream.Domain.Alerts.Rules;

/// <summary>All rules and the areas they watch, checked together. Immutable: a changed file makes a new one.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Index">The areas.</param>
public sealed record RuleSet(ImmutableArray<AlertRule> Rules, AreaIndex Index)
{
    /// <summary>Most rules of a set.</summary>
    public const int MaxRules = 1000;

    /// <summary>Full paths of the reference masks, by name.</summary>
    public ImmutableDictionary<string, string> References { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What has to be measured on the areas that may lie on a scene; each order once.</summary>
    /// <param name="areas">Numbers of the areas.</param>
    public ImmutableArray<MeasureOrder> OrdersFor(IReadOnlyCollection<int> areas) =>
        [.. Rules.SelectMany(rule => areas.Where(area => rule.Watches(Index.Areas[area].Id))
            .Select(area => OrderOf(rule, area))).Distinct()];

    /// <summary>What a rule wants to have measured in an area.</summary>
    public static MeasureOrder OrderOf(AlertRule rule, int area) => new(
        area, rule.Class, rule.MinimumHectares * 10_000, (rule.Baseline as AlertBaseline.Reference)?.Mask);
}
