using System.Text.Json.Nodes;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using Xunit;

namespace SpexStream.Tests.Wire;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("{\"type\": \"Feature\"")]
    [InlineData("{\"id\": \"a\", \"id\": \"b\"}")]
    [InlineData("{\"type\": \"\\ud800\"}")]
    public void What_is_no_json_object_is_refused(string payload) =>
        Assert.Equal(RejectionReason.NotJson, Sample.Refuse(Sample.Decode(Sample.Message(payload))).Reason);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        var message = new InboundMessage("t", new byte[] { (byte)'{', 0xFF, (byte)'}' }, null, []);

        Assert.Equal(RejectionReason.NotJson, Sample.Refuse(Sample.Decode(message)).Reason);
    }

    [Fact]
    public void Json_that_is_too_deep_is_refused()
    {
        var deep = new string('[', 200) + new string(']', 200);

        Assert.Equal(
            RejectionReason.NotJson, Sample.Refuse(Sample.Decode(Sample.Message($"{{\"x\":{deep}}}"))).Reason);
    }

    [Theory]
    [InlineData("type", "type")]
    [InlineData("stac_version", "stac_version")]
    [InlineData("id", "id")]
    [InlineData("properties", "properties")]
    [InlineData("assets", "assets")]
    [InlineData("properties/datetime", "properties.datetime")]
    [InlineData("properties/platform", "properties.platform")]
    [InlineData("properties/spex:scene_id", "properties[\"spex:scene_id\"]")]
    [InlineData("properties/spex:strip_index", "properties[\"spex:strip_index\"]")]
    [InlineData("assets/data", "assets.data")]
    [InlineData("assets/data/href", "assets.data.href")]
    public void A_required_field_that_is_missing_is_named(string field, string path)
    {
        var item = Sample.Item();
        var levels = field.Split('/');
        var parent = levels[..^1].Aggregate((JsonNode)item, (node, level) => node[level]!);
        ((JsonObject)parent).Remove(levels[^1]);

        var rejection = Sample.Refuse(Sample.Decode(item));

        Assert.Equal((RejectionReason.MissingField, path), (rejection.Reason, rejection.Where));
        Assert.StartsWith($"{path} is missing; ", rejection.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(".", rejection.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type", "\"FeatureCollection\"")]
    [InlineData("type", "7")]
    [InlineData("stac_version", "\"0.9\"")]
    [InlineData("id", "\"Pass 77\"")]
    [InlineData("properties", "[]")]
    [InlineData("properties/datetime", "\"2026-05-01T12:15:00+02:00\"")]
    [InlineData("properties/datetime", "\"2026-05-01 10:15:00Z\"")]
    [InlineData("properties/datetime", "\"2026-05-01\"")]
    [InlineData("properties/datetime", "\"2026-02-30T10:15:00Z\"")]
    [InlineData("properties/platform", "\"SAT-1\"")]
    [InlineData("properties/platform", "\"a/b\"")]
    [InlineData("properties/spex:scene_id", "\"-x\"")]
    [InlineData("properties/spex:strip_index", "-1")]
    [InlineData("properties/spex:strip_index", "\"3\"")]
    [InlineData("properties/spex:strip_index", "3.5")]
    [InlineData("properties/spex:strip_index", "1e400")]
    [InlineData("properties/spex:strip_count", "0")]
    [InlineData("properties/spex:row_offset", "-5")]
    [InlineData("properties/spex:scene_shape", "[5]")]
    [InlineData("properties/spex:scene_shape", "[0, 5]")]
    [InlineData("properties/spex:tier", "\"urgent\"")]
    [InlineData("properties/spex:priority", "10")]
    [InlineData("properties/spex:deadline", "5")]
    [InlineData("properties/spex:instruction", "[]")]
    [InlineData("properties/spex:last", "\"yes\"")]
    [InlineData("properties/spex:radiometry", "\"L2A\"")]
    [InlineData("properties/spex:revision", "0")]
    [InlineData("properties/proj:code", "\"32633\"")]
    [InlineData("properties/instruments", "\"msi\"")]
    [InlineData("geometry", "{\"type\": \"Point\", \"coordinates\": [1, 2]}")]
    [InlineData("geometry", "{\"type\": \"Polygon\", \"coordinates\": [[[1, 2], [2, 2], [2, 3], [1, 1]]]}")]
    [InlineData("geometry", "{\"type\": \"Polygon\", \"coordinates\": [[[1, 99], [2, 2], [2, 3], [1, 99]]]}")]
    [InlineData("bbox", "[1, 2, 3]")]
    [InlineData("bbox", "[1, 3, 2, 2]")]
    [InlineData("assets/data/href", "\"in/strip.tif\"")]
    [InlineData("assets/data/href", "\"file://other/strip.tif\"")]
    [InlineData("assets/data/file:checksum", "\"abc\"")]
    [InlineData("assets/data/file:checksum", "\"d50110d41d8cd98f00b204e9800998ecf8427e\"")]
    [InlineData("assets/data/file:size", "-1")]
    [InlineData("assets/data/data_type", "\"short\"")]
    [InlineData("assets/data/nodata", "\"none\"")]
    [InlineData("assets/data/raster:scale", "0")]
    [InlineData("assets/data/bands", "{}")]
    [InlineData("assets/data/bands", "[{\"name\": \"red\"}, {\"name\": \"nir\"}, {\"eo:common_name\": \"red\"}]")]
    public void A_field_with_a_wrong_value_is_named(string field, string value)
    {
        var item = Sample.Item();
        var levels = field.Split('/');
        var parent = levels[..^1].Aggregate((JsonNode)item, (node, level) => node[level]!);
        parent[levels[^1]] = JsonNode.Parse(value);

        var rejection = Sample.Refuse(Sample.Decode(item));

        Assert.Equal(RejectionReason.BadField, rejection.Reason);
        Assert.Contains(levels[^1], rejection.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_before_the_start_is_refused()
    {
        var item = Sample.Item();
        item["properties"]!["start_datetime"] = "2026-05-01T10:15:00Z";
        item["properties"]!["end_datetime"] = "2026-05-01T10:14:59.999Z";

        Assert.Equal(RejectionReason.EndBeforeStart, Sample.Refuse(Sample.Decode(item)).Reason);
    }

    [Fact]
    public void A_start_without_an_end_is_refused()
    {
        var item = Sample.Item();
        item["properties"]!["start_datetime"] = "2026-05-01T10:15:00Z";

        Assert.Equal("properties.end_datetime", Sample.Refuse(Sample.Decode(item)).Where);
    }

    [Fact]
    public void A_strip_beyond_the_number_of_strips_is_refused()
    {
        var item = Sample.Item();
        item["properties"]!["spex:strip_count"] = 3;

        Assert.Equal("properties[\"spex:strip_index\"]", Sample.Refuse(Sample.Decode(item)).Where);
    }

    [Fact]
    public void One_usable_band_is_too_few()
    {
        var item = Sample.Item();
        item["assets"]!["data"]!["bands"] = JsonNode.Parse("""[{"name": "pan"}, {"eo:common_name": "red"}, {}]""");

        Assert.Equal(RejectionReason.TooFewBands, Sample.Refuse(Sample.Decode(item)).Reason);
    }

    [Theory]
    [InlineData("2026-05-01T04:16:00Z", null)]
    [InlineData("2026-05-01T04:15:59Z", RejectionReason.TooOld)]
    [InlineData("2026-05-01T10:21:00Z", null)]
    [InlineData("2026-05-01T10:21:01Z", RejectionReason.FromFuture)]
    public void Age_and_clock_skew_have_limits(string time, RejectionReason? reason)
    {
        var item = Sample.Item();
        item["properties"]!["datetime"] = time;

        Assert.Equal(reason, (Sample.Decode(item) as AnnouncementOutcome.Refused)?.Rejection.Reason);
    }

    [Fact]
    public void Without_an_age_limit_old_passes_are_accepted()
    {
        var item = Sample.Item();
        item["properties"]!["datetime"] = "1999-11-18T00:00:00Z";

        Sample.Accept(Sample.Decode(item, new() { MaxDataAge = null }));
    }

    [Theory]
    [InlineData("/data/in/strip.tif", true)]
    [InlineData("/data/in/../out/strip.tif", false)]
    [InlineData("/data/input/strip.tif", false)]
    [InlineData("file:///data/in/%2e%2e/strip.tif", false)]
    [InlineData("/vsicurl/http://example.org/strip.tif", false)]
    [InlineData("s3://bucket/strip.tif", false)]
    public void Data_outside_the_roots_or_schemes_are_refused(string href, bool accepted)
    {
        var item = Sample.Item();
        item["assets"]!["data"]!["href"] = href;

        var outcome = Sample.Decode(item, new() { Roots = ["/data/in"] });

        Assert.Equal(
            accepted ? null : RejectionReason.OutsideRoots, (outcome as AnnouncementOutcome.Refused)?.Rejection.Reason);
    }

    [Theory]
    [InlineData("/vsicurl/http://example.org/strip.tif")]
    [InlineData("file:///vsizip/data/strip.zip/strip.tif")]
    [InlineData("//vsicurl/http://example.org/strip.tif")]
    [InlineData("/data/../vsicurl/http://example.org/strip.tif")]
    public void A_virtual_file_system_is_no_local_path_even_without_roots(string href)
    {
        var item = Sample.Item();
        item["assets"]!["data"]!["href"] = href;

        Assert.Equal(RejectionReason.OutsideRoots, Sample.Refuse(Sample.Decode(item)).Reason);
    }

    [Fact]
    public void A_scheme_that_is_enabled_is_accepted()
    {
        var item = Sample.Item();
        item["assets"]!["data"]!["href"] = "S3://bucket/strip.tif";

        Assert.Equal("s3", Sample.Accept(Sample.Decode(item, new() { Schemes = ["s3"] })).Data.Href!.Scheme);
    }

    [Theory]
    [InlineData("file:size", "99999999999999")]
    [InlineData("bands", null)]
    public void A_strip_or_list_above_its_limit_is_too_large(string field, string? value)
    {
        var item = Sample.Item();
        item["assets"]!["data"]![field] = value is null
            ? new JsonArray([.. Enumerable.Range(0, 513).Select(_ => new JsonObject())])
            : JsonNode.Parse(value);

        Assert.Equal(RejectionReason.TooLarge, Sample.Refuse(Sample.Decode(item)).Reason);
    }

    [Fact]
    public void A_payload_above_its_limit_is_too_large_and_one_above_our_own_limit_is_not()
    {
        var item = Sample.Item();
        item["properties"]!["note"] = new string('x', 20_000);
        Sample.Accept(Sample.Decode(item));

        item["properties"]!["note"] = new string('x', 300_000);
        Assert.Equal(RejectionReason.TooLarge, Sample.Refuse(Sample.Decode(item)).Reason);
    }

    [Fact]
    public void A_refusal_still_names_its_scene()
    {
        var item = Sample.Item();
        item["properties"]!["platform"] = "X";

        Assert.Equal(Sample.Scene, Assert.IsType<AnnouncementOutcome.Refused>(Sample.Decode(item)).Scene);
    }

    [Fact]
    public void A_hostile_value_cannot_break_the_lines_of_a_log()
    {
        var item = Sample.Item();
        item["properties"]!["platform"] = "a\r\n\u001b[31mfatal" + new string('x', 500);

        var sentence = Sample.Refuse(Sample.Decode(item)).Sentence;

        Assert.DoesNotContain(sentence, char.IsControl);
        Assert.True(sentence.Length < 300, sentence);
    }

    [Fact]
    public void Every_reason_has_a_code_of_its_own_that_can_be_a_topic_level()
    {
        var slugs = RejectionReasons.All.Select(reason => reason.Slug()).ToList();

        Assert.Equal(slugs.Count, slugs.Distinct().Count());
        Assert.All(slugs, slug => Assert.True(TopicLevel.IsValid(slug)));
        Assert.Equal(RejectionReasons.All, slugs.Select(slug => RejectionReasons.FromSlug(slug)!.Value));
        Assert.Equal(
            "not-json missing-field bad-field end-before-start too-few-bands band-count unreadable "
                + "checksum-mismatch size-mismatch too-old from-future off-grid outside-roots too-large",
            string.Join(' ', slugs));
    }
}
