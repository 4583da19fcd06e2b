using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>A product of one class that is withdrawn: the Item without its assets, and with the link of the relation
/// "deletion" (WIS2 notification message) in place of the canonical one.</summary>
internal static class MaskDeletionMessage
{
    private const string Reason = "spex:reason";
    private const string ItemFileName = "item.json";

    /// <summary>The message; a reason that does not fit is left out, and named in <c>spex:omitted</c>.</summary>
    public static OutgoingMessage Encode(
        SceneSpec scene, WithdrawnProduct product, LandCoverClass value, string collection, WireContext context)
    {
        var id = ProductItemWriter.Id(scene.Id, null, value.ToProduct());
        var header = new EventHeader
        {
            Type = EventTypes.MaskDeleted,
            Subject = id,
            DataId = DataId.OfProduct(context.Station, collection, scene.Platform, scene.Id, null, value.ToProduct()),
            Revision = product.Revision,
            Status = ProductStatus.Final,
            Scene = scene.Id,
        };
        return MessageFitting.Fit(
            Omission.Forms(GeometryChoice.Of([], null, null), Reason),
            form => EventEnvelope.Seal(
                new SpexTopic.MaskOut(context.Station, value.ToProduct(), scene.Platform),
                header,
                Delivery.Mask,
                MediaTypes.GeoJson,
                context,
                writer => Write(writer, scene, product, form, id, collection, context)));
    }

    private static void Write(
        WireWriter writer, SceneSpec scene, WithdrawnProduct product, Omission form, string id, string collection,
        WireContext context) => writer.Object(() =>
        {
            writer.Text("type", "Feature");
            writer.Text("stac_version", StacVersions.Core);
            writer.Text("id", id);
            writer.Json.WriteNull("geometry");
            writer.Text("collection", collection);
            writer.Object("properties", () =>
            {
                SensingTime.Write(writer, scene.SensedFrom, scene.SensedTo);
                writer.Clock("pubtime", context.Now);
                writer.Text("platform", scene.Platform.Value);
                writer.Text("spex:scene_id", scene.Id.Value);
                writer.Integer("spex:revision", product.Revision);
                writer.Text("spex:status", ProductStatus.Final.Slug());
                writer.Text(Reason, form.Has(Reason) ? null : product.Reason);
                writer.Texts("spex:omitted", form.All);
            });
            writer.Links(
                [new("deletion", new Uri(Path.Combine(product.Folder, ItemFileName)).AbsoluteUri, MediaTypes.GeoJson)]);
            writer.Object("assets", () => { });
        });
}
