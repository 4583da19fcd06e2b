using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Alerts.Rules;

/// <summary>Makes rules of drafts and lists everything that is wrong with them, not only the first fault.</summary>
public sealed class RuleChecker
{
    private const double MaxHours = 24 * 366;
    private readonly HashSet<AreaId> _areas;
    private readonly ImmutableArray<RuleFault>.Builder _faults = ImmutableArray.CreateBuilder<RuleFault>();
    private readonly HashSet<RuleId> _ids = [];

    private RuleChecker(IEnumerable<AreaId> areas) => _areas = [.. areas];

    /// <summary>Checks drafts against the areas there are.</summary>
    /// <param name="drafts">The drafts.</param>
    /// <param name="areas">The areas of the file.</param>
    /// <returns>The rules without fault, and all faults; only without faults are the rules to be used.</returns>
    public static (ImmutableArray<AlertRule> Rules, ImmutableArray<RuleFault> Faults) Check(
        IReadOnlyList<RuleDraft> drafts, ImmutableArray<AreaOfInterest> areas)
    {
        var checker = new RuleChecker(areas.Select(area => area.Id));
        if (drafts.Count > RuleSet.MaxRules)
        {
            checker.Fault("rules", $"has {drafts.Count} rules", $"use at most {RuleSet.MaxRules}");
        }

        ImmutableArray<AlertRule> rules = [.. drafts.Select(checker.Rule).OfType<AlertRule>()];
        return (rules, checker._faults.ToImmutable());
    }

    private AlertRule? Rule(RuleDraft draft)
    {
        var before = _faults.Count;
        var id = Id(draft);
        var areas = Areas(draft);
        var value = Named(draft, "class", draft.Class, LandCoverClasses.FromSlug,
            "water, vegetation or buildings");
        var metric = Named(draft, "metric", draft.Metric, AlertMetrics.FromSlug, AlertMetrics.Names);
        var language = draft.Language is null ? MessageLanguage.English
            : Named(draft, "language", draft.Language, MessageLanguages.FromTag, MessageLanguages.Names);
        var (enter, exit) = Thresholds(draft, metric);
        var confirm = Whole(draft, "confirm.passes", draft.ConfirmPasses ?? 2, 1, 20);
        var outOf = Whole(draft, "confirm.of", draft.OutOfPasses ?? Math.Max(3, confirm), 1, 20);
        if (confirm > outOf)
        {
            Fault(draft.PlaceOf("confirm"), $"asks for {confirm} of {outOf} passes", "make passes at most of");
        }

        var expires = Hours(draft, "expires_hours", draft.ExpireHours ?? 168, 1);
        var maxAge = Hours(draft, "max_age_hours", draft.MaxAgeHours ?? 48, 1);
        if (expires <= maxAge)
        {
            Fault(
                draft.PlaceOf("expires_hours"), "is not above max_age_hours",
                "make it longer, or alerts are over before they are told");
        }

        var rule = new AlertRule
        {
            Id = id,
            Areas = areas,
            Class = value ?? default,
            Metric = metric ?? default,
            Baseline = Baseline(draft, metric),
            Enter = enter,
            Exit = exit,
            MinimumHectares = Number(draft, "minimum_hectares", draft.MinimumHectares ?? 0.2, 0, 1e6),
            MinimumClearPercent = Number(draft, "minimum_clear_percent", draft.MinimumClearPercent ?? 60, 1, 100),
            ConfirmPasses = confirm,
            OutOfPasses = outOf,
            CoolDown = Hours(draft, "cool_down_hours", draft.CoolDownHours ?? 0, 0),
            Expires = expires,
            MaxAge = maxAge,
            UpdatePercent = Number(draft, "update_percent", draft.UpdatePercent ?? 20, 1, 1000),
            Severities = Severities(draft, enter, exit),
            Language = language ?? default,
        };
        return _faults.Count == before ? rule : null;
    }

    private RuleId Id(RuleDraft draft)
    {
        if (!RuleId.TryParse(draft.Id, out var id))
        {
            FaultOf(draft, "id", draft.Id, $"use {TopicLevel.Rule}");
        }
        else if (!_ids.Add(id))
        {
            Fault(draft.PlaceOf("id"), $"is '{id}', which another rule has", "give each rule an id of its own");
        }

        return id;
    }

    private ImmutableArray<AreaId> Areas(RuleDraft draft)
    {
        if (draft.Areas is not { } texts)
        {
            return [];
        }

        if (texts.IsEmpty)
        {
            Fault(draft.PlaceOf("areas"), "is empty", "name areas, or write all");
        }

        var areas = ImmutableArray.CreateBuilder<AreaId>();
        var named = new HashSet<AreaId>();
        foreach (var text in texts)
        {
            if (!AreaId.TryParse(text, out var area) || !_areas.Contains(area))
            {
                Fault(draft.PlaceOf("areas"), $"names '{text}', which is not in the file of areas", "correct the id");
            }
            else if (!named.Add(area))
            {
                Fault(draft.PlaceOf("areas"), $"names '{text}' twice", "name it once");
            }
            else
            {
                areas.Add(area);
            }
        }

        return areas.ToImmutable();
    }

    private AlertBaseline? Baseline(RuleDraft draft, AlertMetric? metric)
    {
        var where = draft.PlaceOf("baseline");
        if (draft is { BaselinePasses: not null, ReferenceMask: not null })
        {
            Fault(where, "has a median and a reference", "use one of them");
        }

        var isNamed = draft.BaselinePasses is not null || draft.ReferenceMask is not null
            || draft.Gives("baseline.median_passes") || draft.Gives("baseline.reference");
        if (metric is not null && isNamed != (metric == AlertMetric.Change))
        {
            Fault(
                where,
                isNamed ? $"has no meaning with the metric {metric.Value.Slug()}" : "is missing for the metric change",
                isNamed ? "leave it out, or use the metric change" : "give median_passes or reference");
        }

        if (draft.BaselinePasses is { } passes)
        {
            return new AlertBaseline.Median(
                Whole(draft, "baseline.median_passes", passes, 1, AlertBaseline.Median.MaxPasses));
        }

        if (draft.ReferenceMask is { } mask && !TopicLevel.IsValid(mask))
        {
            Fault(draft.PlaceOf("baseline.reference"), $"is '{mask}'", $"use {TopicLevel.Rule}");
        }

        return draft.ReferenceMask is null ? null : new AlertBaseline.Reference(draft.ReferenceMask);
    }

    private (double Enter, double Exit) Thresholds(RuleDraft draft, AlertMetric? metric)
    {
        var least = metric == AlertMetric.Change ? -1e9 : 0;
        var most = metric == AlertMetric.Share ? 100 : 1e9;
        foreach (var (key, value) in new[] { ("enter", draft.Enter), ("exit", draft.Exit) })
        {
            if (value is null)
            {
                FaultOf(draft, key, null, "give enter and exit");
            }
        }

        if (draft.Enter is not null && draft.Enter == draft.Exit)
        {
            Fault(draft.PlaceOf("exit"), "equals enter", "leave room between them, or alerts flicker");
        }

        return (
            Number(draft, "enter", draft.Enter ?? 0, least, most), Number(draft, "exit", draft.Exit ?? 0, least, most));
    }

    private ImmutableArray<SeverityStep> Severities(RuleDraft draft, double enter, double exit)
    {
        var where = draft.PlaceOf("severity");
        if (draft.Severity is null && draft.Steps.IsEmpty)
        {
            FaultOf(draft, "severity", null, "use minor, moderate, severe or extreme, or steps of them");
            return [];
        }

        ImmutableArray<(string Severity, double From)> drafts =
            draft.Severity is { } one ? [(one, enter)] : draft.Steps;
        var steps = ImmutableArray.CreateBuilder<SeverityStep>();
        foreach (var (name, from) in drafts)
        {
            if (AlertSeverities.FromSlug(name) is { } severity)
            {
                steps.Add(new(from, severity));
            }
            else
            {
                Fault(where, $"is '{name}'", "use minor, moderate, severe or extreme");
            }
        }

        var falls = exit > enter;
        var sorted = steps.OrderBy(step => step.Severity).ToImmutableArray();
        // What could not be read was told, and says nothing of the order.
        if (draft.Enter is null || draft.Exit is null || sorted.Any(step => double.IsNaN(step.From)))
        {
            return sorted;
        }

        for (var i = 0; i < sorted.Length; i++)
        {
            var ahead = i == 0 ? enter : sorted[i - 1].From;
            var grows = falls ? sorted[i].From < ahead : sorted[i].From > ahead;
            if (i == 0 ? sorted[i].From != enter : !grows)
            {
                Fault(
                    where,
                    string.Create(CultureInfo.InvariantCulture,
                        $"lets {sorted[i].Severity.Slug()} begin at {sorted[i].From}")
                    + (falls ? ", and exit above enter watches for too little" : string.Empty),
                    falls ? "let the mildest begin at enter and each graver one below it, or put exit below enter"
                        : "let the mildest begin at enter, and each graver one further on");
            }
        }

        return sorted;
    }

    private T? Named<T>(RuleDraft draft, string key, string? text, Func<string, T?> read, string names)
        where T : struct
    {
        var value = text is null ? null : read(text);
        if (value is null)
        {
            FaultOf(draft, key, text, $"use {names}");
        }

        return value;
    }

    private int Whole(RuleDraft draft, string key, double value, int least, int most)
    {
        if (value != Math.Truncate(value) || !(value >= least && value <= most))
        {
            Fault(draft.PlaceOf(key), Is(value), $"use a whole number from {least} to {most}");
            return least;
        }

        return (int)value;
    }

    private double Number(RuleDraft draft, string key, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            Fault(draft.PlaceOf(key), Is(value), string.Create(
                CultureInfo.InvariantCulture, $"use a number from {least} to {most}"));
            return least;
        }

        return value;
    }

    private TimeSpan Hours(RuleDraft draft, string key, double value, double least) =>
        TimeSpan.FromHours(Number(draft, key, value, least, MaxHours));

    // What was given and could not be read is told already.
    private void FaultOf(RuleDraft draft, string key, string? text, string remedy)
    {
        if (text is not null || !draft.Gives(key))
        {
            Fault(draft.PlaceOf(key), text is null ? "is missing" : $"is '{text}'", remedy);
        }
    }

    private static string Is(double value) => string.Create(CultureInfo.InvariantCulture, $"is {value}");

    private void Fault(string where, string what, string remedy) => _faults.Add(new(where, what, remedy));
}
