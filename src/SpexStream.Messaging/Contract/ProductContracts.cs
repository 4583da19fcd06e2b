using System.Collections.Immutable;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using static SpexStream.Messaging.Contract.Member;
using static SpexStream.Messaging.Contract.Shapes;

namespace SpexStream.Messaging.Contract;

/// <summary>Products.</summary>
internal static class ProductContracts
{
    private const string Out = "out/mask/{class}/{platform}";
    private const int Week = 7 * 24 * 3600;

    public static ImmutableArray<MessageContract> All() =>
    [
        Item(EventTypes.MaskCreated, "A product is there"),
        Item(EventTypes.MaskUpdated, "A product takes the place of one of a lower revision"),
        new(EventTypes.MaskDeleted, Out, "A product is withdrawn")
        {
            ContentType = MediaTypes.GeoJson,
            ExpirySeconds = Week,
            Schema = Parts.Feature(
                [
                    .. Parts.Sensed(), Parts.Published(), .. Parts.OfProduct(),
                    Perhaps("spex:reason", Text("Why, for people")),
                ],
                new("stac_version", Exactly("1.1.0")), new("collection", Id()), new("assets", Map(Thing()))),
        },
    ];

    private static MessageContract Item(string type, string says) => new(type, Out, says)
    {
        ContentType = MediaTypes.GeoJson,
        ExpirySeconds = Week,
        Schema = Parts.Feature(
            [
                .. Parts.Sensed(),
                new("created", Time()),
                .. Parts.OfProduct(),
                Perhaps("instruments", List(Text())),
                Perhaps("gsd", Number("Metres")),
                new("eo:cloud_cover", Number("Percent", 0, 100)),
                new("proj:code", OrNull(Text())),
                Perhaps("proj:wkt2", Text()),
                new("proj:shape", List(Integer(least: 1), "Rows and columns")),
                Perhaps("proj:transform", List(Number())),
                new("processing:level", Text()),
                new("processing:facility", Id()),
                new("processing:datetime", Time()),
                Perhaps("processing:version", Text()),
                new("processing:software", Map(Text())),
                Perhaps("spex:strip_index", Integer()),
                Parts.Trained(),
                Parts.Completeness(),
                Perhaps("spex:given_up", Number("Percent of pixels that nobody could answer")),
                Parts.Latency(),
                new("spex:class_area_km2", Map(Number(least: 0))),
            ],
            new("stac_version", Exactly("1.1.0")), new("stac_extensions", List(Text())), new("collection", Id()),
            new("assets", Map(Thing(
                new("href", Text()), new("type", Text()), new("title", Text()), new("roles", List(Text())),
                new("file:size", Integer()), new("file:checksum", Text("Multihash, hex")),
                Perhaps("data_type", Text()), Perhaps("nodata", Integer()), Perhaps("unit", Text()),
                Perhaps("raster:spatial_resolution", Number()),
                Perhaps("classification:classes", List(Thing(
                    new("value", Integer()), new("name", Text()), Perhaps("description", Text()),
                    Perhaps("color_hint", Text())))),
                Perhaps("classification:bitfields", List(Thing(
                    new("offset", Integer()), new("length", Integer()), new("name", Text()),
                    Perhaps("description", Text()),
                    new("classes", List(Thing(new("value", Integer()), new("name", Text()))))))))))),
    };
}
