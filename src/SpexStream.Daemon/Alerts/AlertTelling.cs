using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Hosting;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline.Alerts;

namespace SpexStream.Daemon.Alerts;

/// <summary>Tells the log and the figures what alerting does.</summary>
internal static class AlertTelling
{
    // Ten ids of 100 bytes make a line that can be read.
    private const int MostNamed = 10;

    /// <summary>What alerts are judged with, told to the log and the figures.</summary>
    public static AlertJudgeTools Tools(
        string node, StationIdentity identity, ISceneJournal journal, bool isActual, SpexMeter meter,
        TimeProvider time, ILogger logger) => new()
        {
            Journal = journal,
            Messages = new AlertMessages(identity, time, isActual),
            Node = node,
            Time = time,
            OnChange = (rule, change) => Tell(rule, change, meter, logger),
            OnRival = rival => TellRival(rival, logger),
            OnPassedOver = (scene, trace, fault) =>
            {
                meter.AlertScenesPassedOver.Add(1);
                Log.SceneNotJudged(logger, scene.Value, fault.Message, TraceOf(trace));
            },
            OnUnlisted = reason =>
            {
                meter.AlertScenesPassedOver.Add(1);
                Log.SceneNotJudged(logger, "(damaged row)", reason, TraceOf(null));
            },
            OnUnseen = (rule, areas) => Tell(rule, areas, logger),
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
                rule.Metric.Unit(), TraceOf(standing.TraceParent));
        }
    }

    private static void Tell(AlertRule rule, IReadOnlyList<UnseenArea> areas, ILogger logger)
    {
        var names = string.Join(", ", areas.Take(MostNamed).Select(area => area.Area.Value));
        Log.AreasUnseen(
            logger, rule.Id.Value, areas.Count, areas.Count > MostNamed ? $"{names} ..." : names,
            areas.Min(area => area.Passes), 100 * areas.Max(area => area.MostSeen),
            100 * areas.Max(area => area.MostOnScene), rule.MinimumClearPercent);
    }

    private static string TraceOf(string? context) => context is null ? "unknown" : SceneTrace.IdOf(context);

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

    /// <summary>Says which rules are in use.</summary>
    public static void Use(RuleSet rules, string path, ILogger logger) => Log.RulesUsed(
        logger, rules.Rules.Length, rules.Index.Areas.Length, path, rules.Rules.Count(rule => rule.WatchesFall));

    /// <summary>Shows whether other rules judge than those of this node.</summary>
    public static void ObserveRival(SpexMeter meter, Func<string?> rival) => meter.Observe(
        "spex_alert_rules_differ", null,
        "1 where another node has put rules in force that are not those of this node's file, or it has none; else 0.",
        () => rival() is null ? 0 : 1);
}
