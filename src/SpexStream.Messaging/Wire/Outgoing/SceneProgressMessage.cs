using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>Retained progress of a scene.</summary>
public static class SceneProgressMessage
{
    private const string Message = "message";

    /// <summary>The message; a sentence that does not fit is left out, and named in "omitted".</summary>
    public static OutgoingMessage Encode(SceneProgress progress, WireContext context) => MessageFitting.Fit(
        Omission.Forms(GeometryChoice.Of([], null, null), Message),
        form => EventEnvelope.Seal(
            new SpexTopic.SceneState(context.Station, progress.Scene),
            new()
            {
                Type = EventTypes.SceneProgress,
                Subject = progress.Scene.Value,
                DataId = DataId.OfSceneState(context.Station, progress.Scene),
                Revision = progress.Revision,
                Scene = progress.Scene,
            },
            Delivery.SceneState,
            MediaTypes.Json,
            context,
            writer => writer.Object(() =>
            {
                writer.Text("scene_id", progress.Scene.Value);
                writer.Text("platform", progress.Platform.Value);
                writer.Text("phase", Name(progress.Phase));
                writer.Text("reason", progress.Reason);
                writer.Text("message", form.Has(Message) ? null : progress.Sentence);
                writer.Integer("revision", progress.Revision);
                writer.Integer("strips_received", progress.StripsReceived);
                writer.Integer("strips_expected", progress.StripsExpected);
                writer.Integer("tiles_done", progress.TilesDone);
                writer.Integer("tiles_total", progress.TilesTotal);
                writer.Number("completeness", progress.CompletenessPercent, places: 1);
                writer.Time("deadline", progress.Deadline);
                writer.Time("predicted_finish", progress.PredictedFinish);
                writer.Integer("change", progress.Change);
                writer.Integer("epoch", progress.Epoch);
                writer.Texts("omitted", form.All);
                writer.Clock("updated", context.Now);
            })));

    /// <summary>The message that makes the broker forget a scene.</summary>
    public static OutgoingMessage Clear(StationId station, SceneId scene) =>
        OutgoingMessage.Clear(new SpexTopic.SceneState(station, scene).Text);

    private static string Name(ScenePhase phase) => phase switch
    {
        ScenePhase.Open => "open",
        ScenePhase.Closing => "closing",
        ScenePhase.Closed => "closed",
        ScenePhase.Failed => "failed",
        ScenePhase.Retracted => "retracted",
        ScenePhase.Abandoned => "abandoned",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, null),
    };
}
