using SpexStream.Domain.Commands;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Wire.Outgoing;

namespace SpexStream.Messaging.Commands;

/// <summary>
/// Takes commands one by one from a connection of their own, so that neither a full pipeline nor a pause holds them up,
/// and answers to whoever asked. A replay runs beside the others, one at a time.
/// </summary>
/// <param name="connection">Subscribed to commands; stays the caller's.</param>
/// <param name="replies">Takes the answers; another connection, for one that is flooded reads no
/// acknowledgements.</param>
/// <param name="target">What they act upon.</param>
/// <param name="options">Who is asked.</param>
/// <param name="meter">Counts.</param>
/// <param name="time">The clock.</param>
public sealed class CommandService(
    IMqttConnection connection, IMqttConnection replies, CommandTarget target, CommandOptions options, SpexMeter meter,
        TimeProvider time)
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

        await AnswerAsync(
            request, request.Refusal ?? await CarryOutAsync(request.Command!, cancellation), cancellation);
        if (request.Command is StationCommand.Drain)
        {
            target.Control.Leave();
        }
    }

    private async Task<CommandAnswer> CarryOutAsync(StationCommand command, CancellationToken cancellation)
    {
        if (command is not StationCommand.OfScene scene)
        {
            return target.Control.Decide(command);
        }

        using var limit = new CancellationTokenSource(options.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return CommandAnswer.Of(
                scene.Scene, await target.Runtime.OrderAsync(scene.Scene, scene.Order, either.Token));
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

    private async Task ReplayAsync(CommandRequest request, string folder, CancellationToken cancellation)
    {
        CommandAnswer answer;
        try
        {
            answer = await Task.Run(() => target.Replay(folder, cancellation), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            answer = new(CommandStatus.Failed, "stopped", "The station stops; replay the folder again afterwards.");
        }
        catch (Exception fault)
        {
            // The top of a command, too.
            answer = new(CommandStatus.Failed, "failed", fault.Message);
        }

        await AnswerAsync(request, answer, CancellationToken.None);
    }

    private async Task AnswerAsync(CommandRequest request, CommandAnswer answer, CancellationToken cancellation)
    {
        meter.Commands.Add(
            1, new KeyValuePair<string, object?>("verb", request.Verb),
            new KeyValuePair<string, object?>("status", answer.Status.ToString().ToLowerInvariant()));
        options.OnCommand?.Invoke(request.Verb, answer);
        if (request.ReplyTo is not { } topic)
        {
            return;
        }

        using var limit = new CancellationTokenSource(options.ReplyLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await replies.PublishAsync(
                new MqttMessage
                {
                    Topic = topic,
                    Payload = CommandReply.Encode(request.Verb, options.Node, answer, time.GetUtcNow()),
                    ContentType = "application/json",
                    IsText = true,
                    Expiry = options.ReplyExpiry,
                    CorrelationData = request.Correlation,
                },
                either.Token);
        }
        catch (Exception fault) when (fault is MqttException or ArgumentException or OperationCanceledException)
        {
            // What was done is done; only its telling is lost.
            options.OnUnanswered?.Invoke(topic, fault.Message);
        }
    }
}
