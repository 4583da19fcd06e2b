using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>Observations: a region, the summary of a strip, the summary of a scene.</summary>
public static class ObservationMessage
{
    private const string Text = "text";
    private const string Remarks = "remarks";
    private const string Evidence = "evidence";
    private const string Links = "links";
    private const string Model = "model";

    /// <summary>
    /// The message, never above <see cref="MessageFitting.MaxBytes"/>: coarser outlines stand in first, then the box,
    /// then the centre; only then are the text and further parts left out, whole, and named in <c>spex:omitted</c>.
    /// </summary>
    /// <exception cref="MessageTooLargeException">Ids and first link alone are too long.</exception>
    public static OutgoingMessage Encode(Observation observation, WireContext context)
    {
        var topic = new SpexTopic.ObservationOut(context.Station, observation.Class, observation.Aoi);
        var header = new EventHeader
        {
            Type = EventTypes.ObservationCreated,
            Subject = observation.DataId(context.Station).Value,
            DataId = observation.DataId(context.Station),
            Revision = observation.Revision,
            Status = observation.Status,
            Scene = observation.Scene,
            Strip = observation.Strip,
        };
        var choices = GeometryChoice.Of(observation.Outlines, observation.Bounds, observation.Centre);
        return MessageFitting.Fit(
            Omission.Forms(choices, Text, Remarks, Evidence, Links, Model),
            form => EventEnvelope.Seal(
                topic,
                header,
                Delivery.Observation,
                MediaTypes.GeoJson,
                context,
                writer => Write(writer, observation, form, header.Subject, context)));
    }

    private static void Write(
        WireWriter writer, Observation observation, Omission form, string id, WireContext context) =>
        writer.Object(() =>
        {
            writer.Text("type", "Feature");
            writer.Text("id", id);
            GeoJsonWriter.Place(writer, form.Geometry.Geometry, observation.Bounds);
            writer.Object("properties", () =>
            {
                writer.Clock("pubtime", context.Now);
                Facts(writer, observation, context);
                Words(writer, observation, form);
                writer.Texts("spex:omitted", form.All);
            });
            writer.Links(form.Has(Links) ? observation.Links.Take(1) : observation.Links);
        });

    private static void Facts(WireWriter writer, Observation observation, WireContext context)
    {
        SensingTime.Write(writer, observation.SensingStart, observation.SensingEnd);
        writer.Text("platform", observation.Platform.Value);
        writer.Text("kind", observation.Kind.Slug());
        writer.Text("class", observation.Class.Slug());
        writer.Text("aoi", observation.Aoi);
        writer.Text("spex:scene_id", observation.Scene.Value);
        writer.Integer("spex:strip_index", observation.Strip);
        writer.Text("spex:region_id", observation.RegionId);
        writer.Integer("spex:revision", observation.Revision);
        writer.Text("spex:status", observation.Status.Slug());
        ModelTrust.Write(writer, observation.Model is { IsUntrained: true });
        writer.Number("spex:completeness", observation.CompletenessPercent, places: 1);
        writer.ClockSeconds("spex:latency_s", context.Now - observation.SensingEnd);
        writer.Number("area_m2", observation.AreaSquareMetres, places: 1);
        writer.Number("fraction", observation.Fraction, places: 6);
        writer.Integer("region_count", observation.RegionCount);
        if (observation.Confidence is { } confidence)
        {
            writer.Object("confidence", () =>
            {
                writer.Number("mean", confidence.Mean, places: 1);
                writer.Number("p10", confidence.TenthPercentile, places: 1);
            });
        }

        writer.Integer("diag_bits", observation.DiagnosticBits);
        if (observation.Window is { } window)
        {
            writer.Array(
                "spex:window",
                [window.Column, window.Row, window.Width, window.Height],
                writer.Json.WriteNumberValue);
        }

        Validity(writer, observation.Visibility);
    }

    private static void Validity(WireWriter writer, VisibilityShares shares) => writer.Object("validity", () =>
    {
        writer.Number("clear", shares.Clear, places: 4);
        writer.Number("cloud", shares.Cloud, places: 4);
        writer.Number("shadow", shares.Shadow, places: 4);
        writer.Number("snow_ice", shares.SnowIce, places: 4);
        writer.Number("no_answer", shares.NoAnswer, places: 4);
        writer.Number("nodata", shares.Nodata, places: 4);
        writer.Number("given_up", shares.GivenUp > 0 ? shares.GivenUp : null, places: 6);
    });

    private static void Words(WireWriter writer, Observation observation, Omission form)
    {
        if (!form.Has(Evidence))
        {
            writer.Array("evidence", observation.Evidence, item => writer.Object(() =>
            {
                writer.Text("index", item.Index);
                writer.Number("value", item.Value, places: 4);
                writer.Number("threshold", item.Threshold, places: 4);
                writer.Flag("passed", item.Passed);
            }));
        }

        if (observation.Explanation is { } explanation)
        {
            writer.Text("text", form.Has(Text) ? null : explanation.Text);
            writer.Text("text_language", explanation.Language);
            writer.Text("text_source", explanation.IsGenerated ? "model" : "template");
            writer.Text("prompt_hash", explanation.PromptHash);
        }

        if (observation.Model is { } model && !form.Has(Model))
        {
            writer.Object("model", () =>
            {
                writer.Text("name", model.Name);
                writer.Text("version", model.Version);
                writer.Text("sha256", model.Sha256);
                writer.Text("href", model.Href);
            });
        }

        if (!form.Has(Remarks))
        {
            writer.Texts("remarks", observation.Remarks);
        }
    }
}
