using Microsoft.Extensions.Logging;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Commands;

namespace SpexStream.Daemon.Hosting;

/// <summary>Commands from the broker, where they are allowed, and the answers to them.</summary>
internal sealed class StationCommands
{
    private readonly BrokerConnections _connections;
    private readonly CommandOptions _options;
    private readonly TimeProvider _time;

    public StationCommands(
        BrokerConnections connections, StationId station, string node, SpexMeter meter, TimeProvider time,
        ILogger logger)
    {
        (_connections, _time) = (connections, time);
        _options = new CommandOptions(station, node)
        {
            OnCommand = (verb, answer) =>
                Log.CommandTaken(logger, verb, answer.Status.ToString(), answer.Reason, answer.Sentence),
            OnUnanswered = (topic, reason) => Log.CommandUnanswered(logger, topic, reason),
        };
        Replies = new CommandReplies(connections.Publish, _options, meter, time);
    }

    /// <summary>Answers.</summary>
    public CommandReplies Replies { get; }

    /// <summary>Takes commands until cancelled; nothing where none are taken.</summary>
    public Task RunAsync(CommandTarget target, CancellationToken cancellation) => Task.WhenAll(
        _connections.Commands is not { } commands ? Task.CompletedTask
            : new CommandService(commands, Replies, target, _options, _time).RunAsync(cancellation),
        _connections.Strays is not { } strays ? Task.CompletedTask
            : new StrayCommands(strays, Replies, target.Nodes, _options).RunAsync(cancellation));
}
