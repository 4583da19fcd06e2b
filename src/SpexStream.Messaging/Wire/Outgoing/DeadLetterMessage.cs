using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>What was given up.</summary>
public static class DeadLetterMessage
{
    private const string Message = "message";
    private const string Href = "href";

    /// <summary>The message; a sentence or link that does not fit is left out, and named in "omitted".</summary>
    public static OutgoingMessage Encode(DeadLetter letter, WireContext context) => MessageFitting.Fit(
        Omission.Forms(GeometryChoice.Of([], null, null), Message, Href),
        form => EventEnvelope.Seal(
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
                writer.Text("message", form.Has(Message) ? null : letter.Sentence);
                writer.Integer("attempts", letter.Attempts);
                writer.Integer("arrival", letter.Arrival);
                writer.Text("scene_id", letter.Scene?.Value);
                writer.Integer("strip_index", letter.Strip);
                OriginalWriter.Write(writer, letter.Original, form.Has(Href) ? null : letter.Href);
                writer.Texts("omitted", form.All);
                writer.Clock("given_up", context.Now);
            })));
}
