using Microsoft.Extensions.Logging;

namespace SpexStream.Daemon.Hosting;

/// <summary>The log lines of alerting.</summary>
internal static partial class Log
{
    [LoggerMessage(
        2101, LogLevel.Information,
        "Alert {Alert}: {Transition} by rule {Rule}, severity {Severity}, value {Value:0.###} {Unit} (trace {Trace})")]
    public static partial void AlertChanged(
        ILogger logger, string alert, string transition, string rule, string severity, double value, string unit,
        string trace);

    [LoggerMessage(2102, LogLevel.Warning, "Alerts are judged again in a moment: {Reason}")]
    public static partial void AlertsDelayed(ILogger logger, string reason);

    [LoggerMessage(2109, LogLevel.Information, "Alerts are judged again")]
    public static partial void AlertsGoOn(ILogger logger);

    [LoggerMessage(2110, LogLevel.Information, "Alerts are judged once more, for another node was first: {Reason}")]
    public static partial void AlertsOvertaken(ILogger logger, string reason);

    [LoggerMessage(
        2103, LogLevel.Warning, "What needs it is not judged: {Reason} (scene {Scene}, trace {Trace})")]
    public static partial void ReferenceMissing(ILogger logger, string reason, string scene, string trace);

    [LoggerMessage(
        2104, LogLevel.Information,
        "{Rules} alert rules for {Areas} areas are in use from {Path}; {Falls} of them watch for too little "
        + "(exit above enter)")]
    public static partial void RulesUsed(ILogger logger, int rules, int areas, string path, int falls);

    [LoggerMessage(2105, LogLevel.Error, "The alert rules stay as they were: {Fault}")]
    public static partial void RuleFault(ILogger logger, string fault);

    [LoggerMessage(2106, LogLevel.Error, "No alert is judged by scene {Scene}; others are: {Reason} (trace {Trace})")]
    public static partial void SceneNotJudged(ILogger logger, string scene, string reason, string trace);

    [LoggerMessage(
        2107, LogLevel.Warning,
        "Alerts are judged by the rules that node {Node} read last, which are not those of this node's file")]
    public static partial void RulesDiffer(ILogger logger, string node);

    [LoggerMessage(2108, LogLevel.Information, "Alerts are judged by the rules of this node's file again")]
    public static partial void RulesAgree(ILogger logger);

    [LoggerMessage(
        2111, LogLevel.Warning,
        "Alerts are judged by the rules that node {Node} read last, and this node has none (--rules): what it "
        + "publishes is measured later by others, if they can read it")]
    public static partial void RulesMissing(ILogger logger, string node);

    [LoggerMessage(
        2413, LogLevel.Warning,
        "Rule {Rule} is not judged in {Count} of its areas ({Areas}): no pass of the last {Passes} saw enough of them. "
        + "At most {Seen:0} % of one was clearly seen and at most {OnScene:0} % lay on a scene, where {Needed:0.#} % are "
        + "needed (minimum_clear_percent)")]
    public static partial void AreasUnseen(
        ILogger logger, string rule, int count, string areas, int passes, double seen, double onScene, double needed);

    [LoggerMessage(2112, LogLevel.Information, "No node judges alerts any more; this one needs no rules")]
    public static partial void RulesNotMissed(ILogger logger);
}
