using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>Writes the parts that the Item of a scene and the message of a class have in common.</summary>
internal static class ProductItemWriter
{
    private static readonly string[] Extensions =
    [
        StacVersions.Eo, StacVersions.Projection, StacVersions.Raster,
        StacVersions.Classification, StacVersions.Processing, StacVersions.File,
    ];

    /// <summary>Id of the Item; the same in every revision.</summary>
    public static string Id(SceneProduct product, ProductClass value) => Id(product.Scene, product.Strip, value);

    /// <summary>Id of the Item; the same in every revision.</summary>
    public static string Id(SceneId scene, int? stripIndex, ProductClass value)
    {
        var strip = stripIndex is { } index
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-s{index}")
            : "";
        return value == ProductClass.LandCover ? scene.Value + strip : $"{scene.Value}{strip}-{value.Slug()}";
    }

    /// <summary>Everything in front of the properties.</summary>
    public static void Head(WireWriter writer, SceneProduct product, string id, GeoGeometry? geometry)
    {
        writer.Text("type", "Feature");
        writer.Text("stac_version", StacVersions.Core);
        writer.Texts("stac_extensions", Extensions);
        writer.Text("id", id);
        GeoJsonWriter.Place(writer, geometry, product.Bounds);
        writer.Text("collection", product.Collection);
    }

    /// <summary>The members of "properties"; areas of one class, or of all.</summary>
    public static void Properties(WireWriter writer, SceneProduct product, LandCoverClass? only, WireContext context)
    {
        SensingTime.Write(writer, product.SensingStart, product.SensingEnd);
        writer.Clock("created", context.Now);
        writer.Text("platform", product.Platform.Value);
        writer.Texts("instruments", product.Instruments);
        writer.Number("gsd", product.PixelSizeMetres, places: 3);
        writer.Number("eo:cloud_cover", (product.Visibility.Cloud + product.Visibility.Shadow) * 100, places: 1);
        Projection(writer, product);
        writer.Text("processing:level", "L2");
        writer.Text("processing:facility", context.Station.Value);
        writer.Clock("processing:datetime", product.ProcessedAt);
        writer.Text("processing:version", product.Software.IsEmpty ? null : product.Software[0].Version);
        writer.Object("processing:software", () => Software(writer, product));
        ModelTrust.Write(writer, product.Model.IsUntrained);
        writer.Text("spex:scene_id", product.Scene.Value);
        writer.Integer("spex:strip_index", product.Strip);
        writer.Integer("spex:revision", product.Revision);
        writer.Text("spex:status", product.Status.Slug());
        writer.Number("spex:completeness", product.CompletenessPercent, places: 1);
        writer.Number(
            "spex:given_up", product.Visibility.GivenUp > 0 ? product.Visibility.GivenUp * 100 : null, places: 4);
        writer.ClockSeconds("spex:latency_s", context.Now - product.SensingEnd);
        writer.Object("spex:class_area_km2", () =>
        {
            foreach (var (value, area) in product.AreaSquareKilometres)
            {
                if (only is null || only == value)
                {
                    writer.Number(value.Slug(), area, places: 6);
                }
            }
        });
    }

    /// <summary>The link to the model's own description; null for built-in rules.</summary>
    public static ItemLink? ModelLink(SceneProduct product) => product.Model.Href is { } href
        ? new("derived_from", href, MediaTypes.GeoJson, $"{product.Model.Name} {product.Model.Version}")
        : null;

    private static void Software(WireWriter writer, SceneProduct product)
    {
        var model = product.Model;
        foreach (var software in product.Software)
        {
            writer.Text(software.Name, software.Version);
        }

        writer.Text("model", model.Sha256 is { } hash
            ? $"{model.Name} {model.Version} sha256:{hash}"
            : $"{model.Name} {model.Version}");
    }

    private static void Projection(WireWriter writer, SceneProduct product)
    {
        if (product.ProjCode is { } code)
        {
            writer.Text("proj:code", code);
        }
        else
        {
            writer.Json.WriteNull("proj:code");
        }

        writer.Array("proj:shape", [product.Shape.Rows, product.Shape.Columns], writer.Json.WriteNumberValue);
        if (product.Transform is { } t)
        {
            // Row-major, as the projection extension has it; GDAL's order starts with the origin.
            writer.Array(
                "proj:transform",
                [t.ColumnX, t.RowX, t.OriginX, t.ColumnY, t.RowY, t.OriginY],
                writer.Json.WriteNumberValue);
        }
    }
}
