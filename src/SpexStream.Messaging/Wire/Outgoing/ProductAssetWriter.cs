using System.Collections.Immutable;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>Writes one file of a product as a STAC asset.</summary>
internal static class ProductAssetWriter
{
    private const int Nodata = MaskCode.Nodata;

    /// <summary>The asset's value; the key is the caller's.</summary>
    public static void Write(WireWriter writer, ProductAsset asset, string href, double? pixelSizeMetres) =>
        writer.Object(() =>
        {
            writer.Text("href", href);
            writer.Text("type", MediaType(asset.Kind));
            writer.Text("title", Title(asset));
            writer.Texts("roles", Roles(asset.Kind));
            writer.Integer("file:size", asset.SizeBytes);
            writer.Text("file:checksum", asset.Checksum.Multihash);
            if (IsRaster(asset.Kind))
            {
                Raster(writer, asset, pixelSizeMetres);
            }
        });

    /// <summary>Key in the message of one class.</summary>
    public static string KeyInMessage(ProductAssetKind kind) => kind switch
    {
        ProductAssetKind.Mask => "mask",
        ProductAssetKind.Confidence => "confidence",
        ProductAssetKind.Diagnostics => "diagnostics",
        ProductAssetKind.Validity => "validity",
        ProductAssetKind.Vectors => "vectors",
        ProductAssetKind.VectorsGeoJson => "vectors-geojson",
        ProductAssetKind.Browse => "browse",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Key in the Item of the whole scene, where every class has a mask.</summary>
    public static string KeyInItem(ProductAsset asset) => asset switch
    {
        { Kind: ProductAssetKind.Mask, Class: { } value } => value.Slug(),
        { Class: { } value } => $"{value.Slug()}-{KeyInMessage(asset.Kind)}",
        _ => KeyInMessage(asset.Kind),
    };

    private static void Raster(WireWriter writer, ProductAsset asset, double? pixelSizeMetres)
    {
        writer.Text("data_type", "uint8");
        writer.Number("raster:spatial_resolution", pixelSizeMetres, places: 3);
        switch (asset)
        {
            case { Kind: ProductAssetKind.Mask, Class: { } value }:
                writer.Integer("nodata", Nodata);
                Classes(writer, MaskLegend.Mask(value));
                break;
            case { Kind: ProductAssetKind.Confidence }:
                writer.Integer("nodata", Nodata);
                writer.Text("unit", "%");
                break;
            case { Kind: ProductAssetKind.Validity }:
                Classes(writer, MaskLegend.Validity);
                break;
            case { Kind: ProductAssetKind.Diagnostics }:
                Bits(writer);
                break;
        }
    }

    private static void Classes(WireWriter writer, ImmutableArray<LegendEntry> legend) =>
        writer.Array("classification:classes", legend, entry => writer.Object(() =>
        {
            writer.Integer("value", entry.Value);
            writer.Text("name", entry.Name);
            writer.Text("description", entry.Description);
            writer.Text("color_hint", entry.Colour);
        }));

    private static void Bits(WireWriter writer) =>
        writer.Array("classification:bitfields", MaskLegend.Diagnostics, bit => writer.Object(() =>
        {
            writer.Integer("offset", bit.Offset);
            writer.Integer("length", 1);
            writer.Text("name", bit.Name);
            writer.Text("description", bit.Description);
            writer.Array("classes", [0, 1], value => writer.Object(() =>
            {
                writer.Integer("value", value);
                writer.Text("name", value == 0 ? "no" : "yes");
            }));
        }));

    private static string Title(ProductAsset asset)
    {
        var name = asset.Kind switch
        {
            ProductAssetKind.Mask => "mask",
            ProductAssetKind.Confidence => "confidence, percent",
            ProductAssetKind.Diagnostics => "Bits of the spectral tests",
            ProductAssetKind.Validity => "Why there is no answer",
            ProductAssetKind.Vectors or ProductAssetKind.VectorsGeoJson => "All regions",
            _ => "Picture",
        };
        return asset.Class is { } value ? $"{char.ToUpperInvariant(value.Slug()[0])}{value.Slug()[1..]} {name}" : name;
    }

    private static bool IsRaster(ProductAssetKind kind) => kind
        is ProductAssetKind.Mask or ProductAssetKind.Confidence
        or ProductAssetKind.Diagnostics or ProductAssetKind.Validity;

    private static string MediaType(ProductAssetKind kind) => kind switch
    {
        ProductAssetKind.Vectors => MediaTypes.FlatGeobuf,
        ProductAssetKind.VectorsGeoJson => MediaTypes.GeoJson,
        ProductAssetKind.Browse => MediaTypes.Png,
        _ => MediaTypes.CloudOptimizedGeoTiff,
    };

    private static string[] Roles(ProductAssetKind kind) => kind switch
    {
        ProductAssetKind.Browse => ["overview"],
        ProductAssetKind.Confidence or ProductAssetKind.Diagnostics or ProductAssetKind.Validity => ["metadata"],
        _ => ["data"],
    };
}
