using Microsoft.Extensions.Logging;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Commands;

namespace SpexStream.Daemon.Hosting;

/// <summary>Commands from the broker, where they are allowed.</summary>
internal static class StationCommands
{
    /// <summary>Takes commands until cancelled; nothing where none are taken.</summary>
    public static Task RunAsync(
        BrokerConnections connections, CommandTarget target, StationId station, string node, SpexMeter meter,
        TimeProvider time, ILogger logger, CancellationToken cancellation) => connections.Commands is not { } commands
            ? Task.CompletedTask
            : new CommandService(
                commands, connections.Publish, target,
                new CommandOptions(station, node)
                {
                    OnCommand = (verb, answer) =>
                        Log.CommandTaken(logger, verb, answer.Status.ToString(), answer.Reason, answer.Sentence),
                    OnUnanswered = (topic, reason) => Log.CommandUnanswered(logger, topic, reason),
                },
                meter, time).RunAsync(cancellation);
}
