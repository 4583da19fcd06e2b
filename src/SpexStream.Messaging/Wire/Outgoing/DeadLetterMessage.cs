using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>What was given up.</summary>
public static class DeadLetterMessage
{
    /// <summary>The message.</summary>
    /// <exception cref="MessageTooLargeException">Sentence or link are too long.</exception>
    public static OutgoingMessage Encode(DeadLetter letter, WireContext context) => MessageFitting.Fit(
        EventEnvelope.Seal(
            new SpexTopic.DeadLetter(context.Station, letter.Stage, letter.Reason),
            new()
            {
                Type = EventTypes.DeadLetter,
                Subject = letter.Original.Sha256,
                DataId = DataId.OfDeadLetter(context.Station, letter.Stage, letter.Original.Sha256),
                Scene = letter.Scene,
                Strip = letter.Scene is null ? null : letter.Strip,
            },
            Delivery.DeadLetter,
            MediaTypes.Json,
            context,
            writer => writer.Object(() =>
            {
                writer.Text("stage", letter.Stage);
                writer.Text("reason", letter.Reason);
                writer.Text("message", letter.Sentence);
                writer.Integer("attempts", letter.Attempts);
                writer.Integer("arrival", letter.Arrival);
                writer.Text("scene_id", letter.Scene?.Value);
                writer.Integer("strip_index", letter.Strip);
                OriginalWriter.Write(writer, letter.Original, letter.Href);
                writer.Clock("given_up", context.Now);
            })));
}
