using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;
using SpexStream.Messaging.Wire.Outgoing;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Alerts;

/// <summary>An alert as a GeoJSON Feature in the words of CAP 1.2: told once when it changes, and kept as a state while
/// it is open.</summary>
public static class AlertMessage
{
    private const string Observations = "observations";
    private const string Reason = "reason";
    private const string Links = "links";
    private static readonly TimeSpan Least = TimeSpan.FromHours(1);

    /// <summary>What is told of a change. Never above <see cref="MessageFitting.MaxBytes"/>: coarser outlines stand in
    /// first.</summary>
    public static OutgoingMessage Encode(AlertNotice notice, AreaOfInterest area, WireContext context) =>
        EncodeChange(notice, context, Forms(notice, area, context));

    /// <summary>The state of an open alert; retained.</summary>
    public static OutgoingMessage EncodeState(AlertNotice notice, AreaOfInterest area, WireContext context) =>
        EncodeState(notice, context, Forms(notice, area, context));

    /// <summary>Both, which say the same, for less than each of them alone.</summary>
    public static (OutgoingMessage Change, OutgoingMessage State) EncodeBoth(
        AlertNotice notice, AreaOfInterest area, WireContext context)
    {
        ImmutableArray<WireBody>[] forms = [.. Forms(notice, area, context)];
        return (EncodeChange(notice, context, forms), EncodeState(notice, context, forms));
    }

    /// <summary>The message that makes the broker forget the state of an alert.</summary>
    public static OutgoingMessage ClearState(AlertNotice notice, WireContext context) =>
        OutgoingMessage.Clear(StateTopic(notice, context).Text);

    /// <summary>The CloudEvents type of what happens to an alert.</summary>
    internal static string EventTypeOf(AlertTransition transition) => transition switch
    {
        AlertTransition.Raised => EventTypes.AlertRaised,
        AlertTransition.Cleared => EventTypes.AlertCleared,
        AlertTransition.Cancelled => EventTypes.AlertCancelled,
        _ => EventTypes.AlertUpdated,
    };

    /// <summary>How long a message is of use.</summary>
    internal static TimeSpan Until(AlertNotice notice, WireContext context)
    {
        // Whoever is away for a moment still hears that an old alert was taken back.
        var left = notice.Expires - context.Now;
        return left > Least ? TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds)) : Least;
    }

    private static SpexTopic.AlertState StateTopic(AlertNotice notice, WireContext context) =>
        new(context.Station, notice.Class.ToProduct(), notice.Area.Value, notice.AlertId.Value);

    private static OutgoingMessage EncodeChange(
        AlertNotice notice, WireContext context, IEnumerable<ImmutableArray<WireBody>> forms) => Fit(
        notice, context, forms, EventTypeOf(notice.Transition), "alert",
        new SpexTopic.AlertOut(context.Station, notice.Class.ToProduct(), notice.Severity, notice.Area.Value),
        Delivery.Alert(Until(notice, context)));

    private static OutgoingMessage EncodeState(
        AlertNotice notice, WireContext context, IEnumerable<ImmutableArray<WireBody>> forms) => Fit(
        notice, context, forms, EventTypes.AlertState, "alert-state", StateTopic(notice, context),
        Delivery.AlertState(Until(notice, context)));

    private static OutgoingMessage Fit(
        AlertNotice notice, WireContext context, IEnumerable<ImmutableArray<WireBody>> forms, string type, string key,
        SpexTopic topic, Delivery delivery)
    {
        var header = new EventHeader
        {
            Type = type,
            Subject = notice.AlertId.Value,
            DataId = DataId.OfAlert(context.Station, key, notice.Area.Value, notice.AlertId.Value),
            Revision = notice.Number,
        };
        return MessageFitting.Fit(
            forms,
            body => EventEnvelope.SizeOfSealed(topic, header, delivery, MediaTypes.GeoJson, context, body),
            body => EventEnvelope.Seal(topic, header, delivery, MediaTypes.GeoJson, context, body));
    }

    /// <summary>What both may say, finest first, in runs of which each form is smaller than the one before.</summary>
    internal static IEnumerable<ImmutableArray<WireBody>> Forms(
        AlertNotice notice, AreaOfInterest area, WireContext context) =>
        AlertForm.Of(AreaOutlines.Of(area), notice.Change?.Figures, Observations, Reason, Links)
            .Select(run => run.Select(form => new WireBody(writer => Write(writer, notice, area, form, context)))
                .ToImmutableArray());

    private static void Write(
        WireWriter writer, AlertNotice notice, AreaOfInterest area, AlertForm form, WireContext context) =>
        writer.Object(() =>
        {
            var shape = form.Shape;
            writer.Text("type", "Feature");
            writer.Text("id", notice.AlertId.Value);
            GeoJsonWriter.Place(writer, shape.Geometry.Geometry, AreaOutlines.BoxOf(area));
            writer.Object("properties", () =>
            {
                writer.Clock("pubtime", context.Now);
                Message(writer, notice);
                Words(writer, notice);
                writer.Object("rule", () => Rule(writer, notice.Rule));
                Life(writer, notice);
                if (notice.Change is { } change)
                {
                    writer.Text("description", notice.Description);
                    AlertChangeWriter.Write(writer, change, form.Patches);
                }

                if (!shape.Has(Observations))
                {
                    writer.Texts(Observations, [.. notice.Observations.Select(scene => scene.Value)]);
                }

                writer.Text(Reason, shape.Has(Reason) ? null : notice.Reason);
                writer.Texts("spex:omitted", shape.All);
            });
            writer.Links(notice.Product is { } product && !shape.Has(Links)
                ? [new("item", product, MediaTypes.GeoJson)] : []);
        });

    private static void Message(WireWriter writer, AlertNotice notice)
    {
        writer.Text("alert_id", notice.AlertId.Value);
        writer.Text("identifier", notice.Identifier);
        writer.Text("transition", notice.Transition.ToString().ToLowerInvariant());
        writer.Text("msg_type", notice.MessageType.ToString());
        writer.Time("sent", notice.Sent);
        AlertReference[] references = notice.Reference is { } before ? [before] : [];
        writer.Array("references", references, earlier => writer.Object(() =>
        {
            writer.Text("identifier", earlier.Identifier);
            writer.Time("sent", earlier.Sent);
        }));
        writer.Text("status", notice.Status.ToString());
        writer.Text("scope", notice.Scope.ToString());
    }

    private static void Words(WireWriter writer, AlertNotice notice)
    {
        writer.Text("category", notice.Category);
        writer.Text("event", notice.Event);
        writer.Text("urgency", notice.Urgency);
        writer.Text("severity", notice.Severity.ToString());
        writer.Text("certainty", notice.Certainty);
        writer.Time("onset", notice.Onset);
        writer.Time("expires", notice.Expires);
        writer.Text("headline", notice.Headline);
        writer.Text("language", notice.Language);
        writer.Text("area_desc", notice.AreaDescription);
        writer.Text("aoi_id", notice.Area.Value);
        writer.Text("class", notice.Class.ToProduct().Slug());
    }

    private static void Rule(WireWriter writer, RuleEvidence rule)
    {
        writer.Text("id", rule.Id.Value);
        writer.Text("version", rule.Version);
        writer.Text("metric", rule.Metric);
        writer.Text("unit", rule.Unit);
        writer.Number("baseline_percent", rule.BaselinePercent, places: 3);
        writer.Text("reference", rule.Reference);
        writer.Number("observed", rule.Observed, places: 4);
        writer.Number("delta", rule.Delta, places: 4);
        writer.Exact("enter", rule.Enter);
        writer.Exact("exit", rule.Exit);
        writer.Array("n_of_m", [rule.ConfirmPasses, rule.OutOfPasses], writer.Json.WriteNumberValue);
    }

    private static void Life(WireWriter writer, AlertNotice notice)
    {
        writer.Text("confidence_class", notice.Confidence.ToString().ToLowerInvariant());
        writer.Time("first_seen", notice.Onset);
        writer.Time("last_seen", notice.LastSeen);
        writer.Number("duration_s", (notice.LastSeen - notice.Onset).TotalSeconds, places: 0);
        writer.Integer("count", notice.Count);
    }
}
