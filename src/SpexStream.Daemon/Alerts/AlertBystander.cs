using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline.Alerts;

namespace SpexStream.Daemon.Alerts;

/// <summary>A node whose settings name no rules: it ends the alerts of those that they named before, and says so where
/// other nodes of its journal judge by rules, for it measures nothing for them.</summary>
internal sealed class AlertBystander
{
    private readonly AlertFarewell _farewell;
    private readonly AlertOnlooker _onlooker;

    public AlertBystander(
        RunSettings settings, string node, StationIdentity identity, ISceneJournal journal, SpexMeter meter,
        TimeProvider time, ILogger logger)
    {
        var tools = AlertTelling.Tools(node, identity, journal, settings.AlertsActual, meter, time, logger);
        _farewell = new(tools);
        _onlooker = new(tools with
        {
            OnRival = rival =>
            {
                if (rival is null)
                {
                    Log.RulesNotMissed(logger);
                }
                else
                {
                    Log.RulesMissing(logger, rival);
                }
            },
        });
        AlertTelling.ObserveRival(meter, () => _onlooker.Rival);
    }

    /// <summary>What an operator should look at; null for nothing.</summary>
    public string? Warning => _onlooker.Rival is { } node
        ? $"alerts are judged by the rules that node {node} read last, and this node has none (--rules): what it "
            + "publishes is measured later by others, if they can read it"
        : null;

    /// <summary>Looks on until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await _farewell.RunAsync(cancellation);
        await _onlooker.RunAsync(cancellation);
    }
}
