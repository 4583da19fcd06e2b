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

    private AlertStation(
        RuleSet rules, RulesWatch watch, string node, StationIdentity identity, ISceneJournal journal,
        IRasterStore store, bool isActual, SpexMeter meter, TimeProvider time, ILogger logger)
    {
        _watch = watch;
        var tools = Tools(node, identity, journal, isActual, meter, time, logger);
        _judge = new(
            tools with
            {
                OnChange = (rule, change) =>
                {
                    tools.OnChange(rule, change);
                    OnTold?.Invoke(
                        change.Standing.Id.Value,
                        $"{change.Transition.ToString().ToLowerInvariant()}: {rule.Id}, "
                        + change.Standing.Severity.Slug());
                },
            },
            rules);
        var references = new ReferenceMasks(
            store, new GdalCoordinateTransforms(), trouble => Log.ReferenceMissing(logger, trouble));
        Areas = new AreaMeasurer(() => _judge.Rules, references);
        Events = new AlertEvents(_judge.Look);
        AddTo(meter);
    }

    /// <summary>Measures scenes.</summary>
    public IAreaMeasurer Areas { get; }

    /// <summary>Hears of scenes.</summary>
    public ISceneEvents Events { get; }

    /// <summary>Told of each change, with the id of the alert and a line for people.</summary>
    public Action<string, string>? OnTold { get; set; }

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
        : _watch.Warning ?? (_judge.Rival is { } node
            ? $"alerts are judged by the rules that node {node} read last, which are not those of this node's file"
            : null);

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
        Log.RulesUsed(logger, rules.Rules.Length, rules.Index.Areas.Length, path);
        return new(
            rules, new RulesWatch(path, reading, meter, time, logger), node, identity, journal, store,
            settings.AlertsActual, meter, time, logger);
    }

    /// <summary>Says the states of open alerts again, for a broker that may have lost what it kept.</summary>
    public void Restate() => _judge.Restate();

    /// <summary>Where the settings name no rules: ends the alerts of those that they named before.</summary>
    public static Task EndAsync(
        RunSettings settings, string node, StationIdentity identity, ISceneJournal journal, SpexMeter meter,
        TimeProvider time, ILogger logger, CancellationToken cancellation) =>
        new AlertFarewell(Tools(node, identity, journal, settings.AlertsActual, meter, time, logger))
            .RunAsync(cancellation);

    /// <summary>Judges, and looks at the rules file, until cancelled or one of them breaks.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] parts = [_judge.RunAsync(both.Token), _watch.RunAsync(rules => _judge.Rules = rules, both.Token)];
        await Task.WhenAny(parts);
        await both.CancelAsync();
        await Task.WhenAll(parts);
    }

    private static AlertJudgeTools Tools(
        string node, StationIdentity identity, ISceneJournal journal, bool isActual, SpexMeter meter,
        TimeProvider time, ILogger logger) => new()
        {
            Journal = journal,
            Messages = new AlertMessages(identity, time, isActual),
            Node = node,
            Time = time,
            OnChange = (rule, change) => Tell(rule, change, meter, logger),
            OnRival = rival => TellRival(rival, logger),
            OnPassedOver = (scene, fault) =>
            {
                meter.AlertScenesPassedOver.Add(1);
                Log.SceneNotJudged(logger, scene.Value, fault.Message);
            },
            OnDelay = fault =>
            {
                if (fault is StaleEpochException)
                {
                    Log.AlertsOvertaken(logger, fault.Message);
                }
                else
                {
                    Log.AlertsDelayed(logger, fault.Message);
                }
            },
            OnGoesOn = () => Log.AlertsGoOn(logger),
        };

    private static void Tell(AlertRule rule, AlertFact.AlertChanged change, SpexMeter meter, ILogger logger)
    {
        var transition = change.Transition.ToString().ToLowerInvariant();
        meter.AlertTransitions.Add(1, new KeyValuePair<string, object?>("transition", transition));
        if (change.Transition != AlertTransition.Extended)
        {
            var standing = change.Standing;
            Log.AlertChanged(
                logger, standing.Id.Value, transition, rule.Id.Value, standing.Severity.Slug(), standing.Value,
                rule.Metric.Unit());
        }
    }

    private static void TellRival(string? rival, ILogger logger)
    {
        if (rival is null)
        {
            Log.RulesAgree(logger);
        }
        else
        {
            Log.RulesDiffer(logger, rival);
        }
    }

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
        meter.Observe("spex_alert_rules", null, "Alert rules that are in use.", () => _judge.Rules.Rules.Length);
        meter.Observe(
            "spex_alert_rule_faults", null, "Faults of the rules file as it was read last; the rules before stay.",
            () => _watch.Faults);
        meter.Observe(
            "spex_alert_rules_differ", null,
            "1 where another node has put rules in force that are not those of this node's file, else 0.",
            () => _judge.Rival is null ? 0 : 1);
    }
}
