using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Outgoing;
using SpexStream.Messaging.Wire.Reading;
using Xunit;

namespace SpexStream.Tests.Wire;

public sealed class MaskMessageTests
{
    [Fact]
    public void The_mask_of_a_class_in_full()
    {
        var product = Sample.Product();
        var message = MaskMessage.Encode(
            product with { Assets = [product.Assets[0], product.Assets[1], product.Assets[2], product.Assets[7]] },
            LandCoverClass.Water,
            Sample.Context);

        Assert.Equal("spex/a/de-neustrelitz/out/mask/water/sat-1", message.Topic);
        Assert.Contains(
            new UserProperty("dataid", "de-neustrelitz/landcover/sat-1/pass-77/all/water"), message.UserProperties);
        Assert.Contains(new UserProperty("subject", "pass-77-water"), message.UserProperties);
        Golden.Equal(
            $$"""
            {
              "type": "Feature",
              "stac_version": "1.1.0",
              "stac_extensions": [
                "https://stac-extensions.github.io/eo/v2.0.0/schema.json",
                "https://stac-extensions.github.io/projection/v2.0.0/schema.json",
                "https://stac-extensions.github.io/raster/v2.0.0/schema.json",
                "https://stac-extensions.github.io/classification/v2.0.0/schema.json",
                "https://stac-extensions.github.io/processing/v1.2.0/schema.json",
                "https://stac-extensions.github.io/file/v2.1.0/schema.json"
              ],
              "id": "pass-77-water",
              "geometry": {
                "type": "Polygon", "coordinates": [[[13, 53], [14, 53], [14, 54], [13, 54], [13, 53]]]
              },
              "bbox": [13, 53, 14, 54],
              "collection": "landcover",
              "properties": {
                "datetime": null,
                "start_datetime": "2026-05-01T10:15:00Z",
                "end_datetime": "2026-05-01T10:15:04.5Z",
                "created": "2026-05-01T10:16:00Z",
                "platform": "sat-1",
                "instruments": ["msi"],
                "gsd": 10,
                "eo:cloud_cover": 6,
                "proj:code": "EPSG:32633",
                "proj:shape": [512, 1024],
                "proj:transform": [10, 0, 300000, 0, -10, 5900000],
                "processing:level": "L2",
                "processing:facility": "de-neustrelitz",
                "processing:datetime": "2026-05-01T10:15:59Z",
                "processing:version": "0.1.0",
                "processing:software": { "SpexStream": "0.1.0", "onnxruntime": "1.29.0", "model": "spectral 1" },
                "spex:scene_id": "pass-77",
                "spex:revision": 1,
                "spex:status": "final",
                "spex:completeness": 100,
                "spex:latency_s": 55.5,
                "spex:class_area_km2": { "water": 1.5 }
              },
              "links": [
                { "rel": "canonical", "href": "file:///out/pass-77/item.json", "type": "application/geo+json" },
                { "rel": "self", "href": "file:///out/pass-77/item.json", "type": "application/geo+json" },
                {
                  "rel": "collection", "href": "file:///out/pass-77/../collection.json", "type": "application/json"
                },
                { "rel": "derived_from", "href": "/data/in/strip-3.json" }
              ],
              "assets": {
                "mask": {
                  "href": "file:///out/pass-77/water.tif",
                  "type": "image/tiff; application=geotiff; profile=cloud-optimized",
                  "title": "Water mask",
                  "roles": ["data"],
                  "file:size": 100,
                  "file:checksum": "{{Sample.Checksum.Multihash}}",
                  "data_type": "uint8",
                  "raster:spatial_resolution": 10,
                  "nodata": 255,
                  "classification:classes": [
                    { "value": 0, "name": "not-water", "description": "Not this class", "color_hint": "FFFFFF" },
                    { "value": 1, "name": "water", "description": "This class", "color_hint": "0000FF" },
                    {
                      "value": 2, "name": "partial-water", "description": "Partial surface water",
                      "color_hint": "80C0FF"
                    },
                    { "value": 252, "name": "snow-ice", "description": "Snow or ice", "color_hint": "C8F0FF" },
                    { "value": 253, "name": "cloud", "description": "Cloud or cloud shadow", "color_hint": "A6A6A6" },
                    {
                      "value": 254, "name": "no-answer", "description": "No answer, see validity",
                      "color_hint": "FF00FF"
                    },
                    { "value": 255, "name": "nodata", "description": "Not measured", "color_hint": "000000" }
                  ]
                },
                "confidence": {
                  "href": "file:///out/pass-77/water-confidence.tif",
                  "type": "image/tiff; application=geotiff; profile=cloud-optimized",
                  "title": "Water confidence, percent",
                  "roles": ["metadata"],
                  "file:size": 101,
                  "file:checksum": "{{Sample.Checksum.Multihash}}",
                  "data_type": "uint8",
                  "raster:spatial_resolution": 10,
                  "nodata": 255,
                  "unit": "%"
                },
                "browse": {
                  "href": "file:///out/pass-77/browse.png",
                  "type": "image/png",
                  "title": "Picture",
                  "roles": ["overview"],
                  "file:size": 107,
                  "file:checksum": "{{Sample.Checksum.Multihash}}"
                }
              }
            }
            """,
            message.Payload);
    }

    [Theory]
    [InlineData(ProductChange.Created, "canonical", "org.spexstream.mask.created.v1")]
    [InlineData(ProductChange.Updated, "update", "org.spexstream.mask.updated.v1")]
    [InlineData(ProductChange.Deleted, "deletion", "org.spexstream.mask.deleted.v1")]
    public void One_link_says_what_the_message_does_to_what_was_there(ProductChange change, string rel, string type)
    {
        var product = Sample.Product() with { Change = change };
        var message = MaskMessage.Encode(product, LandCoverClass.Water, Sample.Context);
        var read = MaskReader.TryRead(Sample.Received(message))!;

        Assert.Equal(type, message.EventType);
        Assert.Equal(rel, Assert.Single(read.Links, l => l.Rel is "canonical" or "update" or "deletion").Rel);
        Assert.Equal(change, read.Change);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_subscriber_reads_what_it_needs(bool structured)
    {
        var message = MaskMessage.Encode(
            Sample.Product(), LandCoverClass.Water, Sample.Context with { Envelope = new(structured) });

        var read = MaskReader.TryRead(Sample.Received(message))!;

        Assert.Equal((Sample.Scene, Sample.Platform, 1), (read.Scene, read.Platform, read.Revision));
        Assert.Equal((ProductStatus.Final, 100d), (read.Status, read.CompletenessPercent));
        Assert.Equal(1.5, Assert.Single(read.AreaSquareKilometres).Value);
        Assert.Equal(new GeoBox(13, 53, 14, 54), read.Bounds);
        Assert.Equal("file:///out/pass-77/water.tif", read.Assets["mask"].Href);
        Assert.Equal((100L, Sample.Checksum), (read.Assets["mask"].SizeBytes, read.Assets["mask"].Checksum));
        Assert.Equal(read.SensingEnd, Sample.End);
    }

    [Fact]
    public void A_thousand_sources_and_a_fine_outline_still_fit_and_the_mask_stays()
    {
        var random = new Random(7);
        var product = Sample.Product() with
        {
            Sources = [.. Enumerable.Range(0, 1000).Select(i => new ItemLink("derived_from", $"/data/in/{i}.json"))],
            Outlines = [new([new([.. Enumerable.Range(0, 4000)
                .Select(i => new LonLat(13 + (i / 4000.0), 53 + (random.NextDouble() / 10)))])])],
        };

        var message = MaskMessage.Encode(product, LandCoverClass.Water, Sample.Context);
        var item = JsonNode.Parse(Sample.Json(message))!;

        Assert.InRange(message.Payload.Length, 1, 8192);
        Assert.Contains("geometry", item["properties"]!["spex:omitted"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("sources", item["properties"]!["spex:omitted"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(item["assets"]!["mask"]);
    }

    [Fact]
    public void A_product_of_common_size_leaves_nothing_out()
    {
        var message = MaskMessage.Encode(Sample.Product(), LandCoverClass.Water, Sample.Context);

        Assert.Null(JsonNode.Parse(Sample.Json(message))!["properties"]!["spex:omitted"]);
        Assert.Equal(7, MaskReader.TryRead(Sample.Received(message))!.Assets.Count);
    }

    [Fact]
    public void The_item_file_has_every_asset_with_relative_links()
    {
        var json = Encoding.UTF8.GetString(ItemJson.Render(Sample.Product(), Sample.Context));
        var item = JsonNode.Parse(json)!;

        Assert.Equal("pass-77", (string?)item["id"]);
        Assert.Equal(
            "water water-confidence vegetation diagnostics validity vectors vectors-geojson browse",
            string.Join(' ', item["assets"]!.AsObject().Select(pair => pair.Key)));
        Assert.Equal("./vegetation.tif", (string?)item["assets"]!["vegetation"]!["href"]);
        Assert.Equal(20.25, (double?)item["properties"]!["spex:class_area_km2"]!["vegetation"]);
        Assert.Equal(8, item["assets"]!["diagnostics"]!["classification:bitfields"]!.AsArray().Count);
        var classes = item["assets"]!["vegetation"]!["classification:classes"]!.AsArray();
        Assert.Equal("0 1 252 253 254 255", string.Join(' ', classes.Select(c => c!["value"])));
    }

    [Fact]
    public void The_item_file_and_the_messages_are_valid_stac()
    {
        var bare = Sample.Product() with { Outlines = [], Bounds = null, ProjCode = null, Transform = null };

        Assert.Empty(StacChecker.Faults(Encoding.UTF8.GetString(ItemJson.Render(Sample.Product(), Sample.Context))));
        Assert.Empty(StacChecker.Faults(Encoding.UTF8.GetString(ItemJson.Render(bare, Sample.Context))));
        Assert.Empty(StacChecker.Faults(
            Sample.Json(MaskMessage.Encode(Sample.Product(), LandCoverClass.Water, Sample.Context))));
    }
}
