using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Alerts.Rules;

/// <summary>
/// When somebody is to be warned. Made by <see cref="RuleChecker"/>, so every value is in its range. Thresholds are in
/// the unit of the metric; an exit above the enter makes a rule that watches for too little.
/// </summary>
public sealed record AlertRule
{
    // Made once, for a rule may name ten thousand areas. Beside the rule and not in it: a copy by `with` must not take
    // along what was made of other values, and equality must not see it.
    private static readonly ConditionalWeakTable<AlertRule, string> Versions = [];
    private static readonly ConditionalWeakTable<AlertRule, FrozenSet<AreaId>> Named = [];

    /// <summary>Its name.</summary>
    public required RuleId Id { get; init; }

    /// <summary>Areas it watches; empty for all of the file.</summary>
    public required ImmutableArray<AreaId> Areas { get; init; }

    /// <summary>The class.</summary>
    public required LandCoverClass Class { get; init; }

    /// <summary>The number.</summary>
    public required AlertMetric Metric { get; init; }

    /// <summary>What is usual; null where the metric needs none.</summary>
    public AlertBaseline? Baseline { get; init; }

    /// <summary>Value from which on there is something to warn of.</summary>
    public required double Enter { get; init; }

    /// <summary>Value at which, once warned, it is over.</summary>
    public required double Exit { get; init; }

    /// <summary>Connected parts of the class below this do not count, in hectares.</summary>
    public double MinimumHectares { get; init; } = 0.2;

    /// <summary>Share of the area that must be clearly seen for a pass to count, 0..100 percent.</summary>
    public double MinimumClearPercent { get; init; } = 60;

    /// <summary>n: passes beyond the threshold that confirm an alert.</summary>
    public int ConfirmPasses { get; init; } = 2;

    /// <summary>m: out of so many clear passes in a row.</summary>
    public int OutOfPasses { get; init; } = 3;

    /// <summary>How long after an alert ended, in sensing time, no new one is raised.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.Zero;

    /// <summary>How long an alert holds after the last pass that supports it, in sensing time.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Age since sensing from which a pass neither raises, confirms nor changes an alert.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Change of the value since it was last told, in percent, that is worth an update.</summary>
    public double UpdatePercent { get; init; } = 20;

    /// <summary>Severities, mildest first; the first holds from the enter threshold on.</summary>
    public required ImmutableArray<SeverityStep> Severities { get; init; }

    /// <summary>Language of the headline.</summary>
    public MessageLanguage Language { get; init; } = MessageLanguage.English;

    /// <summary>Whether it watches for too little instead of too much.</summary>
    public bool WatchesFall => Exit > Enter;

    /// <summary>Tells rules apart that have the same name but not the same content: 12 hex digits.</summary>
    public string Version => Versions.GetValue(
        this, rule => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rule.Text)))[..12]);

    private string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {Id} {string.Join(',', Areas)} {Class.Slug()} {Metric.Slug()} {Baseline} {Enter:R} {Exit:R}
        {MinimumHectares:R} {MinimumClearPercent:R} {ConfirmPasses} {OutOfPasses} {CoolDown:c} {Expires:c} {MaxAge:c}
        {UpdatePercent:R} {string.Join(',', Severities.Select(step => $"{step.From:R}:{step.Severity.Slug()}"))}
        {Language.Tag()}
        """);

    /// <summary>Whether a value is beyond the enter threshold.</summary>
    public bool Enters(double value) => WatchesFall ? value <= Enter : value >= Enter;

    /// <summary>Whether a value keeps an alert open. At the exit threshold it is over.</summary>
    public bool Holds(double value) => WatchesFall ? value < Exit : value > Exit;

    /// <summary>Severity of a value.</summary>
    public AlertSeverity SeverityOf(double value)
    {
        var severity = Severities[0].Severity;
        foreach (var step in Severities.Skip(1))
        {
            severity = (WatchesFall ? value <= step.From : value >= step.From) ? step.Severity : severity;
        }

        return severity;
    }

    /// <summary>Whether a rule watches an area.</summary>
    public bool Watches(AreaId area) => Areas.IsEmpty
        || Named.GetValue(this, rule => rule.Areas.ToFrozenSet()).Contains(area);
}
