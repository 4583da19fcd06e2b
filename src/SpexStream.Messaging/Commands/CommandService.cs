using SpexStream.Domain.Commands;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Scenes;

namespace SpexStream.Messaging.Commands;

/// <summary>
/// Takes commands one by one from a connection of their own, so that neither a full pipeline nor a pause holds them up,
/// and answers to whoever asked. A replay runs beside the others, one at a time.
/// </summary>
/// <param name="connection">Subscribed to commands; stays the caller's.</param>
/// <param name="replies">Answers.</param>
/// <param name="target">What they act upon.</param>
/// <param name="options">Who is asked.</param>
/// <param name="time">The clock.</param>
public sealed class CommandService(
    IMqttConnection connection, CommandReplies replies, CommandTarget target, CommandOptions options, TimeProvider time)
{
    private Task _replaying = Task.CompletedTask;

    /// <summary>Works until cancelled, or until the connection is disposed.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var delivery in connection.Deliveries.ReadAllAsync(cancellation))
            {
                using (delivery)
                {
                    await HandleAsync(CommandRequest.Of(delivery.Message, options.Station), cancellation);
                    await delivery.AcknowledgeAsync();
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to stop; who waits for an answer asks again.
        }

        await _replaying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task HandleAsync(CommandRequest request, CancellationToken cancellation)
    {
        if (request is { Command: StationCommand.Replay replay })
        {
            if (target.Control.Switch.CannotReplay is { } reason)
            {
                await AnswerAsync(request, reason, cancellation);
            }
            else if (_replaying.IsCompleted)
            {
                _replaying = ReplayAsync(request, replay.Folder, cancellation);
            }
            else
            {
                await AnswerAsync(
                    request,
                    new(CommandStatus.Refused, "busy", "A folder is being replayed; ask again when it is done."),
                    cancellation);
            }

            return;
        }

        if (request.Command is StationCommand.OfNodes { Node: { } node } && node != options.Node)
        {
            // That one does it, and answers.
            return;
        }

        if ((request.Refusal ?? await CarryOutAsync(request, cancellation)) is { } answer)
        {
            await AnswerAsync(request, answer, cancellation);
        }

        if (request.Command is StationCommand.Drain)
        {
            target.Control.Leave();
        }
    }

    // Null for an order that was passed on to whoever has the scene, and answers.
    private async Task<CommandAnswer?> CarryOutAsync(CommandRequest request, CancellationToken cancellation)
    {
        if (request.Command is not StationCommand.OfScene scene)
        {
            return target.Control.Decide(request.Command!);
        }

        using var limit = new CancellationTokenSource(options.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await OrderAsync(request, scene, either.Token) is { } outcome
                ? CommandAnswer.Of(scene.Scene, outcome) : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(
                CommandStatus.Failed, "no-answer",
                $"The scene did not answer within {options.Limit.TotalSeconds:0} s; it may still do it. Ask again.")
            { Scene = scene.Scene };
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // The top of a command: whoever gave it is told, and the next one is taken.
            return new(CommandStatus.Failed, "failed", fault.Message) { Scene = scene.Scene };
        }
    }

    private async ValueTask<SceneOrderOutcome?> OrderAsync(
        CommandRequest request, StationCommand.OfScene scene, CancellationToken cancellation) =>
        target.OrderOrPassOn is { } order
            ? await order(
                InboxItem.Order.From(
                    scene.Scene, scene.Order, request.ReplyTo,
                    request.Correlation is { } bytes ? Convert.ToBase64String(bytes.Span) : null),
                cancellation)
            : await target.Runtime.OrderAsync(scene.Scene, scene.Order, cancellation);

    private async Task ReplayAsync(CommandRequest request, string folder, CancellationToken cancellation)
    {
        CommandAnswer answer;
        try
        {
            answer = await Task.Run(() => target.Replay(folder, cancellation), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            answer = new(CommandStatus.Failed, "stopped", "This node stops; replay the folder again afterwards.");
        }
        catch (Exception fault)
        {
            // The top of a command, too.
            answer = new(CommandStatus.Failed, "failed", fault.Message);
        }

        await AnswerAsync(request, answer, CancellationToken.None);
    }

    private Task AnswerAsync(CommandRequest request, CommandAnswer answer, CancellationToken cancellation) =>
        replies.AnswerAsync(request.Verb, answer, request.ReplyTo, request.Correlation, cancellation);
}
