using SpexStream.Domain.Commands;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Wire.Outgoing;

namespace SpexStream.Messaging.Commands;

/// <summary>Answers commands: counts them, tells of them, and says so to whoever asked. Safe for several
/// threads.</summary>
/// <param name="connection">Takes the answers; not the one that commands come by, for one that is flooded reads no
/// acknowledgements.</param>
/// <param name="options">Who answers.</param>
/// <param name="meter">Counts.</param>
/// <param name="time">The clock.</param>
public sealed class CommandReplies(
    IMqttConnection connection, CommandOptions options, SpexMeter meter, TimeProvider time)
{
    /// <summary>Answers an order that another node has passed on to the owner of its scene, this node.</summary>
    public ValueTask AnswerAsync(InboxItem.Order order, CommandAnswer answer, CancellationToken cancellation) => new(
        AnswerAsync(
            order.Verb, answer, order.ReplyTo,
            order.Correlation is { } text ? Convert.FromBase64String(text) : null, cancellation));

    /// <summary>Answers; ends when the broker has the answer, or would not take it in time.</summary>
    /// <param name="verb">What was asked.</param>
    /// <param name="answer">What became of it.</param>
    /// <param name="replyTo">Topic of the answer; null when none is wanted.</param>
    /// <param name="correlation">Goes back with it; null for none.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task AnswerAsync(
        string verb, CommandAnswer answer, string? replyTo, ReadOnlyMemory<byte>? correlation,
        CancellationToken cancellation)
    {
        meter.Commands.Add(
            1, new KeyValuePair<string, object?>("verb", verb),
            new KeyValuePair<string, object?>("status", answer.Status.ToString().ToLowerInvariant()));
        options.OnCommand?.Invoke(verb, answer);
        if (replyTo is null)
        {
            return;
        }

        using var limit = new CancellationTokenSource(options.ReplyLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await connection.PublishAsync(
                new MqttMessage
                {
                    Topic = replyTo,
                    Payload = CommandReply.Encode(verb, options.Node, answer, time.GetUtcNow()),
                    ContentType = "application/json",
                    IsText = true,
                    Expiry = options.ReplyExpiry,
                    CorrelationData = correlation,
                },
                either.Token);
        }
        catch (Exception fault) when (fault is MqttException or ArgumentException or OperationCanceledException)
        {
            // What was done is done; only its telling is lost.
            options.OnUnanswered?.Invoke(replyTo, fault.Message);
        }
    }
}
