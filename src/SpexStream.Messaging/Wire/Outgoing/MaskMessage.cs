using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>The products of one class, as a STAC Item small enough for a message.</summary>
public static class MaskMessage
{
    private const string Sources = "sources";
    private const string Vectors = "vectors";
    private const string Browse = "browse";
    private const string Diagnostics = "diagnostics";
    private const string Validity = "validity";
    private const string Confidence = "confidence";

    /// <summary>
    /// The message. What does not fit (a fine outline, many source links, at last files that serve all classes) is left
    /// out, named in <c>spex:omitted</c> and found in the Item file that the first link leads to.
    /// </summary>
    /// <exception cref="MessageTooLargeException">Ids and links of the mask alone are too long.</exception>
    public static OutgoingMessage Encode(SceneProduct product, LandCoverClass value, WireContext context)
    {
        var id = ProductItemWriter.Id(product, value.ToProduct());
        var header = new EventHeader
        {
            Type = TypeOf(product.Change),
            Subject = id,
            DataId = DataId.OfProduct(
                context.Station,
                product.Collection,
                product.Platform,
                product.Scene,
                product.Strip,
                value.ToProduct()),
            Revision = product.Revision,
            Status = product.Status,
            Scene = product.Scene,
            Strip = product.Strip,
        };
        var topic = new SpexTopic.MaskOut(context.Station, value.ToProduct(), product.Platform);
        return MessageFitting.Fit(
            Omission.Forms(
                GeometryChoice.Of(product.Outlines, product.Bounds, null),
                Sources, Vectors, Browse, Diagnostics, Validity, Confidence),
            form => EventEnvelope.Seal(
                topic,
                header,
                Delivery.Mask,
                MediaTypes.GeoJson,
                context,
                writer => Write(writer, product, value, form, id, context)));
    }

    private static void Write(
        WireWriter writer,
        SceneProduct product,
        LandCoverClass value,
        Omission form,
        string id,
        WireContext context) => writer.Object(() =>
        {
            ProductItemWriter.Head(writer, product, id, form.Geometry.Geometry);
            writer.Object("properties", () =>
            {
                ProductItemWriter.Properties(writer, product, value, context);
                writer.Texts("spex:omitted", form.All);
            });
            writer.Links(Links(product, form));
            writer.Object("assets", () =>
            {
                foreach (var asset in product.Assets.Where(a => (a.Class ?? value) == value && IsKept(a.Kind, form)))
                {
                    writer.Json.WritePropertyName(ProductAssetWriter.KeyInMessage(asset.Kind));
                    ProductAssetWriter.Write(
                        writer, asset, product.FolderHref + asset.FileName, product.PixelSizeMetres);
                }
            });
        });

    private static IEnumerable<ItemLink> Links(SceneProduct product, Omission form)
    {
        // Exactly one of canonical, update and deletion, as in the WIS2 notification message.
        yield return new(RelOf(product.Change), product.ItemHref, MediaTypes.GeoJson);
        yield return new("self", product.ItemHref, MediaTypes.GeoJson);
        yield return new("collection", $"{product.FolderHref}../collection.json", MediaTypes.Json);
        if (ProductItemWriter.ModelLink(product) is { } model)
        {
            yield return model;
        }

        if (!form.Has(Sources))
        {
            foreach (var source in product.Sources)
            {
                yield return source;
            }
        }
    }

    private static bool IsKept(ProductAssetKind kind, Omission form) => kind switch
    {
        ProductAssetKind.Vectors or ProductAssetKind.VectorsGeoJson => !form.Has(Vectors),
        ProductAssetKind.Browse => !form.Has(Browse),
        ProductAssetKind.Diagnostics => !form.Has(Diagnostics),
        ProductAssetKind.Validity => !form.Has(Validity),
        ProductAssetKind.Confidence => !form.Has(Confidence),
        _ => true,
    };

    private static string TypeOf(ProductChange change) => change switch
    {
        ProductChange.Created => EventTypes.MaskCreated,
        ProductChange.Updated => EventTypes.MaskUpdated,
        ProductChange.Deleted => EventTypes.MaskDeleted,
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    private static string RelOf(ProductChange change) => change switch
    {
        ProductChange.Created => "canonical",
        ProductChange.Updated => "update",
        _ => "deletion",
    };
}
