using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Commands;

/// <summary>
/// Answers, in a group of nodes, what else nobody would answer: verbs that are none, and commands for a node that is
/// not there. It listens on a connection of its own to every verb, shared with the group, so that one node gets each
/// command besides those who carry it out; what is theirs it passes over.
/// </summary>
/// <param name="connection">Subscribed to all verbs with the group's name; stays the caller's.</param>
/// <param name="replies">Answers.</param>
/// <param name="nodes">The nodes that are there; null where that cannot be told. May throw a
/// <see cref="JournalException"/>.</param>
/// <param name="options">Who answers.</param>
public sealed class StrayCommands(
    IMqttConnection connection, CommandReplies replies,
    Func<CancellationToken, ValueTask<ImmutableArray<string>?>> nodes, CommandOptions options)
{
    /// <summary>Works until cancelled, or until the connection is disposed.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var delivery in connection.Deliveries.ReadAllAsync(cancellation))
            {
                using (delivery)
                {
                    var request = CommandRequest.Of(delivery.Message, options.Station);
                    if (await RefusalAsync(request, cancellation) is { } refusal)
                    {
                        await replies.AnswerAsync(
                            request.Verb, refusal, request.ReplyTo, request.Correlation, cancellation);
                    }

                    await delivery.AcknowledgeAsync();
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to stop; others of the group listen.
        }
    }

    private async ValueTask<CommandAnswer?> RefusalAsync(CommandRequest request, CancellationToken cancellation)
    {
        if (request.IsUnknown)
        {
            return request.Refusal;
        }

        if (request.Command is not StationCommand.OfNodes { Node: { } node } || node == options.Node
            || await NodesAsync(cancellation) is not { } there || there.Contains(node))
        {
            return null;
        }

        return new(
            CommandStatus.Refused, "unknown-node",
            $"No node {Rejection.Quote(node)} is there; there are {string.Join(", ", there.Order(StringComparer.Ordinal))}.");
    }

    private async ValueTask<ImmutableArray<string>?> NodesAsync(CancellationToken cancellation)
    {
        try
        {
            return await nodes(cancellation);
        }
        catch (JournalException)
        {
            // Who is there cannot be told: the one that is meant answers, if it is.
            return null;
        }
    }
}
