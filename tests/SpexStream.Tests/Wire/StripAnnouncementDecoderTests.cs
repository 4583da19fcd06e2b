using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Messages;
using Xunit;

namespace SpexStream.Tests.Wire;

public sealed class StripAnnouncementDecoderTests
{
    [Fact]
    public void The_smallest_item_is_accepted_with_every_default()
    {
        var strip = Sample.Accept(Sample.Decode(Sample.Item()));

        Assert.Equal("pass-77-3", strip.ItemId);
        Assert.Equal((Sample.Scene, Sample.Platform, 3), (strip.Scene, strip.Platform, strip.StripIndex));
        Assert.Equal((Sample.Start, Sample.Start), (strip.SensingStart, strip.SensingEnd));
        Assert.Equal("/data/in/strip-3.tif", strip.Data.Href!.LocalPath);
        Assert.Equal((StripTier.Wanted, 5, 1, false), (strip.Tier, strip.Priority, strip.Revision, strip.IsLast));
        Assert.Null(strip.StripCount);
        Assert.Null(strip.RowOffset);
        Assert.Null(strip.SceneShape);
        Assert.Null(strip.Deadline);
        Assert.Null(strip.Instruction);
        Assert.Null(strip.ProjCode);
        Assert.Null(strip.Radiometry);
        Assert.Null(strip.Footprint);
        Assert.Null(strip.Bounds);
        Assert.Empty(strip.Instruments);
        Assert.Empty(strip.Links);
        Assert.Empty(strip.Data.Bands);
        Assert.Null(strip.Data.Checksum);
        Assert.Equal("unknown", strip.Sensor);
    }

    [Fact]
    public void Null_stands_for_absent_in_every_optional_field()
    {
        var item = Sample.Item();
        foreach (var name in (string[])["geometry", "bbox", "links"])
        {
            item[name] = null;
        }

        foreach (var name in (string[])[
            "instruments", "spex:strip_count", "spex:row_offset", "spex:scene_shape", "spex:tier", "spex:priority",
            "spex:deadline", "spex:instruction", "spex:last", "proj:code", "spex:radiometry", "spex:revision"])
        {
            item["properties"]![name] = null;
        }

        Assert.Equal(
            Sample.Accept(Sample.Decode(Sample.Item())) with { Data = null! },
            Sample.Accept(Sample.Decode(item)) with { Data = null! });
    }

    [Fact]
    public void Every_optional_field_is_read()
    {
        var item = Sample.Item();
        item["geometry"] = JsonNode.Parse("""{"type":"Polygon","coordinates":[[[13,53],[14,53],[14,54],[13,53]]]}""");
        item["bbox"] = JsonNode.Parse("[13, 53, 14, 54]");
        item["links"] = JsonNode.Parse("""[{"rel":"via","href":"https://example.org/a"}]""");
        item["properties"] = JsonNode.Parse(
            """
            {
              "datetime": null, "start_datetime": "2026-05-01T10:15:00Z", "end_datetime": "2026-05-01T10:15:04.5+00:00",
              "platform": "sat-1", "instruments": ["Multi Spectral", "msi"],
              "spex:scene_id": "pass-77", "spex:strip_index": 3, "spex:strip_count": 9, "spex:row_offset": 1536,
              "spex:scene_shape": [4608, 2000], "spex:tier": "critical", "spex:priority": 9,
              "spex:deadline": "2026-05-01T10:30:00Z", "spex:instruction": "Look for floods.", "spex:last": true,
              "spex:radiometry": "sr", "spex:revision": 4, "proj:code": "EPSG:32633"
            }
            """);
        item["assets"]!["data"] = JsonNode.Parse(
            """
            {
              "href": "file:///data/in/strip%203.tif", "type": "image/tiff", "data_type": "uint16", "nodata": 0,
              "raster:scale": 0.0001, "raster:offset": -0.1, "file:size": 1234,
              "bands": [
                {"name": "B3", "eo:common_name": "green"}, {"name": "nir", "nodata": "nan", "raster:scale": 0.5}
              ]
            }
            """);

        var strip = Sample.Accept(Sample.Decode(item));

        Assert.Equal((Sample.Start, Sample.End), (strip.SensingStart, strip.SensingEnd));
        Assert.Equal("msi", strip.Sensor);
        Assert.Equal((9, 1536, new SceneShape(4608, 2000)), (strip.StripCount, strip.RowOffset, strip.SceneShape));
        Assert.Equal((StripTier.Critical, 9, 4, true), (strip.Tier, strip.Priority, strip.Revision, strip.IsLast));
        Assert.Equal(Sample.Start.AddMinutes(15), strip.Deadline);
        Assert.Equal("Look for floods.", strip.Instruction);
        Assert.Equal((RadiometryLevel.SurfaceReflectance, "EPSG:32633"), (strip.Radiometry, strip.ProjCode));
        Assert.Equal(4, strip.Footprint!.VertexCount);
        Assert.Equal(new GeoBox(13, 53, 14, 54), strip.Bounds);
        Assert.Equal(new ItemLink("via", "https://example.org/a"), Assert.Single(strip.Links));
        Assert.Equal("/data/in/strip 3.tif", strip.Data.Href!.LocalPath);
        Assert.Equal(1234, strip.Data.SizeBytes);
        Assert.Equal("green,nir", string.Join(',', strip.Data.BandNames));
        Assert.Equal("0,NaN", string.Join(',', strip.Data.NodataOf(2)));
        var radiometry = strip.Data.RadiometryOf(2, strip.Radiometry)!;
        Assert.Equal("0.0001,0.5", string.Join(',', radiometry.Scale));
        Assert.Equal("-0.1,-0.1", string.Join(',', radiometry.Offset));
    }

    [Fact]
    public void A_processing_level_is_not_taken_for_a_radiometry()
    {
        var item = Sample.Item();
        item["properties"]!["processing:level"] = "L2A";

        Assert.Null(Sample.Accept(Sample.Decode(item)).Radiometry);
    }

    [Fact]
    public void A_cloud_event_in_user_properties_gives_its_origin()
    {
        const string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        var message = Sample.Message(
            Sample.Item().ToJsonString(),
            "application/geo+json",
            new("specversion", "1.0"),
            new("id", "e1"),
            new("source", "/antenna"),
            new("type", "com.example.strip"),
            new("traceparent", trace));

        var accepted = Assert.IsType<AnnouncementOutcome.Accepted>(Sample.Decode(message));

        Assert.Equal(new AnnouncementOrigin("e1", "/antenna", trace), accepted.Origin);
    }

    [Theory]
    [InlineData("application/cloudevents+json; charset=utf-8")]
    [InlineData(null)]
    public void A_structured_cloud_event_is_unwrapped(string? contentType)
    {
        var wrapped = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = "e1",
            ["source"] = "/antenna",
            ["type"] = "org.spexstream.strip.announced.v1",
            ["traceparent"] = "broken",
            ["data"] = Sample.Item(),
        };

        var accepted = Assert.IsType<AnnouncementOutcome.Accepted>(
            Sample.Decode(Sample.Message(wrapped.ToJsonString(), contentType)));

        Assert.Equal(new AnnouncementOrigin("e1", "/antenna", null), accepted.Origin);
        Assert.Equal(3, accepted.Announcement.StripIndex);
    }

    [Fact]
    public void Data_in_base64_are_unwrapped_too()
    {
        var wrapped = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = "e1",
            ["source"] = "/antenna",
            ["type"] = "t",
            ["data_base64"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Sample.Item().ToJsonString())),
        };

        Assert.Equal(3, Sample.Accept(Sample.Decode(wrapped)).StripIndex);
    }

    [Theory]
    [InlineData("org.spexstream.mask.created.v1")]
    [InlineData("org.ogc.api.collection.item.delete")]
    public void An_event_that_says_something_else_is_no_announcement(string type)
    {
        var message = Sample.Message(
            Sample.Item().ToJsonString(), null, new("specversion", "1.0"), new("type", type));

        Assert.Equal(RejectionReason.BadField, Sample.Refuse(Sample.Decode(message)).Reason);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm()
    {
        var message = Sample.Message("\uFEFF" + Sample.Item().ToJsonString());

        Assert.Equal(3, Sample.Accept(Sample.Decode(message)).StripIndex);
    }

    [Fact]
    public void A_footprint_over_the_antimeridian_is_cut_there()
    {
        var item = Sample.Item();
        item["geometry"] = JsonNode.Parse(
            """{"type":"Polygon","coordinates":[[[179,0],[-179,0],[-179,1],[179,1],[179,0]]]}""");

        Assert.Equal(2, Sample.Accept(Sample.Decode(item)).Footprint!.Polygons.Length);
    }

    [Fact]
    public void Identity_is_the_place_of_the_strip_and_content_the_checksum()
    {
        var strip = Sample.Accept(Sample.Decode(Sample.Item()));
        var summed = strip with { Data = strip.Data with { Checksum = Sample.Checksum } };

        Assert.Equal(
            "de-neustrelitz/strip/sat-1/pass-77/3", AnnouncementIdentity.DataId(Sample.Station, strip).Value);
        Assert.Equal("place:?:/data/in/strip-3.tif", AnnouncementIdentity.Content(strip));
        Assert.Equal($"multihash:{Sample.Checksum.Multihash}", AnnouncementIdentity.Content(summed));
    }
}
