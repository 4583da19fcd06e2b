using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Commands;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Settings;
using SpexStream.Daemon.Status;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Rules;
using SpexStream.Pipeline.Alerts;
using SpexStream.Raster;

namespace SpexStream.Daemon.Alerts;

/// <summary>The alerting of a station: its rules as the file says them, what measures scenes by them, and what
/// judges.</summary>
internal sealed class AlertStation
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);
    private readonly AlertJudge _judge;
    private readonly RulesWatch _watch;
    private readonly ReferenceMasks _references;

    private AlertStation(
        RuleSet rules, RulesWatch watch, RunSettings settings, string node, StationIdentity identity,
        ISceneJournal journal, IRasterStore store, SpexMeter meter, TimeProvider time, ILogger logger)
    {
        _watch = watch;
        var transforms = new GdalCoordinateTransforms();
        _references = new ReferenceMasks(
            store, transforms,
            (scene, trouble) => Log.ReferenceMissing(
                logger, trouble, scene?.Id.Value ?? "none", scene is null ? "none" : SceneTrace.IdOf(scene)));
        var tools = AlertTelling.Tools(node, identity, journal, settings.AlertsActual, meter, time, logger);
        _judge = new(
            tools with
            {
                Carrier = stop => Carrier is null ? new(node) : Carrier(stop),
                Late = new LateMeasurer(store, transforms, _references, settings.Out!, StacCatalogue.ItemFileName),
                OnChange = (rule, change) =>
                {
                    tools.OnChange(rule, change);
                    Tell(rule.Id, change);
                },
                OnHeard = Tell,
            },
            rules);
        _references.Check(rules);
        Areas = new AreaMeasurer(() => _judge.Rules, _references);
        Events = new AlertEvents(_judge.Look);
        AddTo(meter);
    }

    /// <summary>Measures scenes.</summary>
    public IAreaMeasurer Areas { get; }

    /// <summary>Hears of scenes.</summary>
    public ISceneEvents Events { get; }

    /// <summary>Told of each change by whatever node, once and none from before the start, with the id of the alert and
    /// a line for people.</summary>
    public Action<string, string>? OnTold { get; set; }

    /// <summary>Finds the node that carries the messages of a group, null while none does; without it this node does.
    /// Set before it runs.</summary>
    public Func<CancellationToken, ValueTask<string?>>? Carrier { get; set; }

    /// <summary>The alerts that are open now.</summary>
    public IEnumerable<AlertLine> Lines => _judge.Open.Select(alert => new AlertLine(
        alert.Standing.Id.Value, alert.Rule.Class.Slug(), alert.Standing.Severity.Slug(), $"{alert.State.Area}",
        alert.Standing.Phase.ToString().ToLowerInvariant(),
        AlertNotices.HeadlineOf(alert.Rule, _judge.Rules.Index.Named(alert.State.Area), alert.Standing),
        alert.Standing.FirstSeen));

    /// <summary>What an operator should look at; null for nothing.</summary>
    public string? Warning => _judge.Trouble is { } trouble ? $"alerts are delayed: {trouble}"
        : _judge.Behind is var behind && behind > Late
            ? FormattableString.Invariant(
                $"alerts are delayed: a product has waited {behind.TotalSeconds:0} s for them")
        : _watch.Warning ?? MaskWarning ?? (_judge.Rival is { } node
            ? $"alerts are judged by the rules that node {node} read last, which are not those of this node's file"
            : null);

    private string? MaskWarning =>
        _references.Faults is [var fault, ..] ? $"the rules that need it are not judged: {fault}" : null;

    /// <summary>The alerting that the settings ask for; null where they name no rules.</summary>
    /// <exception cref="CommandException">The rules have faults.</exception>
    public static AlertStation? Open(
        RunSettings settings, string node, StationIdentity identity, ISceneJournal journal, IRasterStore store,
        SpexMeter meter, TimeProvider time, ILogger logger)
    {
        if (settings.Rules is not { } path)
        {
            return null;
        }

        var reading = RulesFile.Read(path);
        var rules = reading.Set ?? throw new CommandException(
            string.Join("\nspexstream: ", reading.Faults), CommandException.Misused);
        AlertTelling.Use(rules, path, logger);
        return new(
            rules, new RulesWatch(path, reading, meter, time, logger), settings, node, identity, journal, store,
            meter, time, logger);
    }

    /// <summary>Says the states of open alerts again, for a broker that may have lost what it kept.</summary>
    public void Restate() => _judge.Restate();

    /// <summary>Judges, and looks at the rules file, until cancelled or one of them breaks.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] parts = [_judge.RunAsync(both.Token), _watch.RunAsync(Use, both.Token)];
        await Task.WhenAny(parts);
        await both.CancelAsync();
        await Task.WhenAll(parts);
    }

    // Masks are looked at as well when only they have changed.
    private void Use(RuleSet rules)
    {
        _references.Check(rules);
        _judge.Rules = rules;
    }

    private void Tell(RuleId rule, AlertFact.AlertChanged change) => OnTold?.Invoke(
        change.Standing.Id.Value,
        $"{change.Transition.ToString().ToLowerInvariant()}: {rule}, {change.Standing.Severity.Slug()}");

    private void AddTo(SpexMeter meter)
    {
        meter.ObserveAll(
            "spex_alerts_open", null, "Open alerts by class, severity and state (provisional, confirmed).",
            () => _judge.Open
                .GroupBy(alert => (alert.Rule.Class, alert.Standing.Severity, alert.Standing.Phase))
                .Select(group => new Measurement<double>(
                    group.Count(),
                    new KeyValuePair<string, object?>("class", group.Key.Class.Slug()),
                    new KeyValuePair<string, object?>("severity", group.Key.Severity.Slug()),
                    new KeyValuePair<string, object?>("state", group.Key.Phase.ToString().ToLowerInvariant()))));
        meter.Observe(
            "spex_alerts_behind", "s",
            "Age of the oldest publication that the alert rules have not judged; 0 for none.",
            () => _judge.Behind.TotalSeconds);
        meter.Observe(
            "spex_alert_areas_unseen", null,
            "Rules in areas of which no pass of the last ones saw enough to judge, as far as this node has judged.",
            () => _judge.Unseen);
        meter.Observe("spex_alert_rules", null, "Alert rules that are in use.", () => _judge.Rules.Rules.Length);
        meter.Observe(
            "spex_alert_rule_faults", null,
            "Faults of the rules file as it was read last, with which the rules before stay, and reference masks that "
            + "cannot be read, whose rules are not judged.",
            () => _watch.Faults + _references.Faults.Length);
        AlertTelling.ObserveRival(meter, () => _judge.Rival);
    }
}
