using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>Scenes opened, closed and revised.</summary>
public static class SceneMessage
{
    private const string Missing = "missing";
    private const string Links = "links";

    /// <summary>The message; a long list of missing strips is left out rather than cut.</summary>
    /// <exception cref="MessageTooLargeException">Ids and first link alone are too long.</exception>
    public static OutgoingMessage Encode(SceneNotice notice, WireContext context)
    {
        var topic = new SpexTopic.SceneOut(context.Station, notice.Platform);
        var header = new EventHeader
        {
            Type = TypeOf(notice.Kind),
            Subject = notice.Scene.Value,
            DataId = DataId.OfScene(context.Station, notice.Platform, notice.Scene),
            Revision = notice.Revision,
            Status = notice.Status,
            Scene = notice.Scene,
        };
        return MessageFitting.Fit(
            Omission.Forms(GeometryChoice.Of(notice.Outlines, notice.Bounds, null), Missing, Links),
            form => EventEnvelope.Seal(
                topic,
                header,
                Delivery.Scene,
                MediaTypes.GeoJson,
                context,
                writer => Write(writer, notice, form, context)));
    }

    private static void Write(WireWriter writer, SceneNotice notice, Omission form, WireContext context) =>
        writer.Object(() =>
        {
            writer.Text("type", "Feature");
            writer.Text("id", notice.Scene.Value);
            GeoJsonWriter.Place(writer, form.Geometry.Geometry, notice.Bounds);
            writer.Object("properties", () =>
            {
                writer.Clock("pubtime", context.Now);
                SensingTime.Write(writer, notice.SensingStart, notice.SensingEnd);
                writer.Text("platform", notice.Platform.Value);
                writer.Text("spex:scene_id", notice.Scene.Value);
                writer.Text("spex:event", Name(notice.Kind));
                writer.Integer("spex:revision", notice.Revision);
                writer.Text("spex:status", notice.Status.Slug());
                ModelTrust.Write(writer, notice.IsUntrained);
                writer.Text("spex:close_reason", notice.Reason?.Slug());
                writer.Number("spex:completeness", notice.CompletenessPercent, places: 1);
                writer.Number("spex:given_up", notice.GivenUpPercent > 0 ? notice.GivenUpPercent : null, places: 4);
                writer.ClockSeconds("spex:latency_s", context.Now - notice.SensingEnd);
                writer.Object("spex:strips", () =>
                {
                    writer.Integer("received", notice.StripsReceived);
                    writer.Integer("expected", notice.StripsExpected);
                    if (!form.Has(Missing))
                    {
                        writer.Array("missing", notice.MissingStrips, writer.Json.WriteNumberValue);
                    }
                });
                writer.Texts("spex:omitted", form.All);
            });
            writer.Links(form.Has(Links) ? notice.Links.Take(1) : notice.Links);
        });

    private static string TypeOf(SceneNoticeKind kind) => kind switch
    {
        SceneNoticeKind.Opened => EventTypes.SceneOpened,
        SceneNoticeKind.Closed => EventTypes.SceneClosed,
        SceneNoticeKind.Revised => EventTypes.SceneRevised,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Name(SceneNoticeKind kind) => kind switch
    {
        SceneNoticeKind.Opened => "opened",
        SceneNoticeKind.Closed => "closed",
        _ => "revised",
    };
}
