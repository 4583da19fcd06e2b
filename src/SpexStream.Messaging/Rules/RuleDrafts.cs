using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Messaging.Rules;

/// <summary>The keys of a rule in YAML.</summary>
internal static class RuleDrafts
{
    private static readonly string[] Keys =
    [
        "id", "areas", "class", "metric", "baseline", "enter", "exit", "minimum_hectares", "minimum_clear_percent",
        "confirm", "cool_down_hours", "expires_hours", "max_age_hours", "update_percent", "severity", "language",
    ];

    private static readonly string[] BaselineKeys = ["median_passes", "reference"];
    private static readonly string[] ConfirmKeys = ["passes", "of"];

    public static RuleDraft Of(YamlPlace rule)
    {
        rule.AllowOnly(Keys);
        var (baseline, confirm, severity) = (rule.Member("baseline"), rule.Member("confirm"), rule.Member("severity"));
        if (baseline.Exists)
        {
            baseline.AllowOnly(BaselineKeys);
        }

        if (confirm.Exists)
        {
            confirm.AllowOnly(ConfirmKeys);
        }

        var areas = rule.Member("areas");
        return new(rule.Where)
        {
            Places = PlacesOf(rule),
            Id = rule.Member("id").Text(),
            Areas = !areas.Exists || areas.IsText("all") ? null
                : [.. areas.Items().Select(area => area.Text()).OfType<string>()],
            Class = rule.Member("class").Text(),
            Metric = rule.Member("metric").Text(),
            BaselinePasses = baseline.Member("median_passes").Number(),
            ReferenceMask = baseline.Member("reference").Text(),
            Enter = rule.Member("enter").Number(),
            Exit = rule.Member("exit").Number(),
            MinimumHectares = rule.Member("minimum_hectares").Number(),
            MinimumClearPercent = rule.Member("minimum_clear_percent").Number(),
            ConfirmPasses = confirm.Member("passes").Number(),
            OutOfPasses = confirm.Member("of").Number(),
            CoolDownHours = rule.Member("cool_down_hours").Number(),
            ExpireHours = rule.Member("expires_hours").Number(),
            MaxAgeHours = rule.Member("max_age_hours").Number(),
            UpdatePercent = rule.Member("update_percent").Number(),
            Severity = severity.IsMapping ? null : severity.Text(),
            Steps = severity.IsMapping
                ? [.. severity.Names().Select(name => (name, severity.Member(name).Number() ?? double.NaN))] : [],
            Language = rule.Member("language").Text(),
        };
    }

    private static ImmutableDictionary<string, string> PlacesOf(YamlPlace rule) =>
        Keys.Concat(BaselineKeys.Select(key => $"baseline.{key}")).Concat(ConfirmKeys.Select(key => $"confirm.{key}"))
            .Select(key => (Key: key, Place: key.Split('.').Aggregate(rule, (place, name) => place.Member(name))))
            .Where(entry => entry.Place.Exists)
            .ToImmutableDictionary(entry => entry.Key, entry => entry.Place.Where);
}
