using SpexStream.Domain.Announcements;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>A refused announcement: one dead letter per arrival.</summary>
public static class StripRefusalMessage
{
    private const string Message = "message";
    private const string Href = "href";

    /// <summary>
    /// The message, on the dead-letter topic of its reason; a sentence or link that does not fit is left out, and named
    /// in "omitted".
    /// </summary>
    public static OutgoingMessage Encode(StripRefusal refusal, WireContext context) => MessageFitting.Fit(
        Omission.Forms(GeometryChoice.Of([], null, null), Message, Href),
        form => EventEnvelope.Seal(
            new SpexTopic.DeadLetter(context.Station, StripRefusal.Stage, refusal.Rejection.Reason.Slug()),
            new()
            {
                Type = EventTypes.StripRejected,
                Subject = refusal.Original.Sha256,
                DataId = DataId.OfDeadLetter(context.Station, StripRefusal.Stage, refusal.Original.Sha256),
                Scene = refusal.Scene,
            },
            Delivery.DeadLetter,
            MediaTypes.Json,
            context,
            writer => writer.Object(() =>
            {
                writer.Text("stage", StripRefusal.Stage);
                writer.Text("reason", refusal.Rejection.Reason.Slug());
                writer.Text("message", form.Has(Message) ? null : refusal.Rejection.Sentence);
                writer.Text("where", refusal.Rejection.Where);
                writer.Integer("attempts", 1);
                writer.Integer("arrival", refusal.Arrival);
                writer.Text("scene_id", refusal.Scene?.Value);
                OriginalWriter.Write(writer, refusal.Original, form.Has(Href) ? null : refusal.Href);
                writer.Texts("omitted", form.All);
                writer.Clock("given_up", context.Now);
            })));
}
