using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>The Item file beside a scene's products: everything, of any size, links to files relative.</summary>
public static class ItemJson
{
    /// <summary>The file's bytes.</summary>
    public static byte[] Render(SceneProduct product, WireContext context) => WireWriter.Render(writer =>
        writer.Object(() =>
        {
            var id = ProductItemWriter.Id(product, ProductClass.LandCover);
            var outline = product.Outlines.IsEmpty
                ? product.Bounds is { } box ? GeoOutline.FromBox(box) : null
                : product.Outlines[0];
            ProductItemWriter.Head(writer, product, id, outline);
            writer.Object("properties", () => ProductItemWriter.Properties(writer, product, only: null, context));
            writer.Links(Links(product));
            writer.Object("assets", () =>
            {
                foreach (var asset in product.Assets)
                {
                    writer.Json.WritePropertyName(ProductAssetWriter.KeyInItem(asset));
                    ProductAssetWriter.Write(writer, asset, $"./{asset.FileName}", product.PixelSizeMetres);
                }
            });
        }));

    private static IEnumerable<ItemLink> Links(SceneProduct product)
    {
        yield return new("self", product.ItemHref, MediaTypes.GeoJson);
        yield return new("collection", "../collection.json", MediaTypes.Json);
        if (ProductItemWriter.ModelLink(product) is { } model)
        {
            yield return model;
        }

        foreach (var source in product.Sources)
        {
            yield return source;
        }
    }
}
