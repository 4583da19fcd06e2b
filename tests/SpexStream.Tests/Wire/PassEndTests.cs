using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Announcements;
using Xunit;

namespace SpexStream.Tests.Wire;

public sealed class PassEndTests
{
    private const string Plain =
        """{"type":"Feature","id":"pass-77","geometry":null,"properties":{"spex:event":"end-of-pass","spex:scene_id":"pass-77","spex:strip_count":12}}""";

    [Fact]
    public void It_names_the_scene_and_counts_its_strips_where_somebody_counted()
    {
        Assert.Equal(new PassEnd(Sample.Scene, 12), Decode(Plain).End);
        Assert.Equal(new PassEnd(Sample.Scene, null),
            Decode(Plain.Replace(",\"spex:strip_count\":12", "", StringComparison.Ordinal)).End);
    }

    [Fact]
    public void It_may_say_how_much_strips_matter_and_those_it_names_are_expected()
    {
        const string Strips = """[{"index":7,"tier":"critical"},{"index":2,"tier":"optional","note":"x"}]""";
        var end = Decode(With("spex:strips", Strips)).End!;
        Assert.Equal((12, "2 Optional, 7 Critical"), (end.StripCount, Tiers(end)));
        var uncounted = (JsonObject)JsonNode.Parse(With("spex:strips", Strips))!;
        ((JsonObject)uncounted["properties"]!).Remove("spex:strip_count");
        Assert.Equal(8, Decode(uncounted.ToJsonString()).End!.StripCount);
    }

    [Theory]
    [InlineData("{}", "spex:strips", RejectionReason.BadField)]
    [InlineData("[]", "spex:strips", RejectionReason.BadField)]
    [InlineData("[3]", "[0]", RejectionReason.BadField)]
    [InlineData("""[{"tier":"wanted"}]""", "index", RejectionReason.MissingField)]
    [InlineData("""[{"index":3}]""", "tier", RejectionReason.MissingField)]
    [InlineData("""[{"index":3,"tier":"vital"}]""", "tier", RejectionReason.BadField)]
    [InlineData("""[{"index":12,"tier":"wanted"}]""", "index", RejectionReason.BadField)]
    [InlineData("""[{"index":-1,"tier":"wanted"}]""", "index", RejectionReason.BadField)]
    [InlineData("""[{"index":3,"tier":"wanted"},{"index":3,"tier":"wanted"}]""", "[1]", RejectionReason.BadField)]
    [InlineData("[0,1,2,3,4,5,6,7,8,9,10,11,12]", "spex:strips", RejectionReason.TooLarge)]
    public void A_list_of_strips_that_is_wrong_is_refused_with_its_place(
        string strips, string where, RejectionReason reason)
    {
        var (end, rejection, _) = Decode(With("spex:strips", strips));
        Assert.Null(end);
        Assert.Equal(reason, rejection!.Reason);
        Assert.Contains(where, rejection.Where, StringComparison.Ordinal);
    }

    private static string Tiers(PassEnd end) => string.Join(", ", end.Tiers.Select(told => $"{told.Key} {told.Value}"));

    private static string With(string name, string value)
    {
        var root = (JsonObject)JsonNode.Parse(Plain)!;
        ((JsonObject)root["properties"]!)[name] = JsonNode.Parse(value);
        return root.ToJsonString();
    }

    [Fact]
    public void It_may_stand_in_a_cloud_event_of_either_mode()
    {
        var binary = Decode(
            Plain, "application/geo+json", new("specversion", "1.0"), new("type", EventTypes.PassEnded));
        Assert.Equal(Sample.Scene, binary.End?.Scene);
        var structured = Decode(
            $$"""{"specversion":"1.0","id":"1","source":"/a","type":"{{EventTypes.PassEnded}}","data":{{Plain}}}""",
            "application/cloudevents+json");
        Assert.Equal(Sample.Scene, structured.End?.Scene);
        var other = Decode(Plain, null, new("specversion", "1.0"), new("type", EventTypes.StripAnnounced));
        Assert.Equal(RejectionReason.BadField, other.Rejection!.Reason);
    }

    [Theory]
    [InlineData("type", "\"Item\"", RejectionReason.BadField)]
    [InlineData("type", null, RejectionReason.MissingField)]
    [InlineData("properties", null, RejectionReason.MissingField)]
    [InlineData("properties", "[]", RejectionReason.BadField)]
    [InlineData("properties/spex:event", null, RejectionReason.MissingField)]
    [InlineData("properties/spex:event", "\"schedule\"", RejectionReason.BadField)]
    [InlineData("properties/spex:scene_id", null, RejectionReason.MissingField)]
    [InlineData("properties/spex:scene_id", "\"../etc\"", RejectionReason.BadField)]
    [InlineData("properties/spex:scene_id", "7", RejectionReason.BadField)]
    [InlineData("properties/spex:strip_count", "0", RejectionReason.BadField)]
    [InlineData("properties/spex:strip_count", "1.5", RejectionReason.BadField)]
    [InlineData("properties/spex:strip_count", "\"12\"", RejectionReason.BadField)]
    public void What_is_wrong_is_refused_with_its_place(string path, string? value, RejectionReason reason)
    {
        var root = (JsonObject)JsonNode.Parse(Plain)!;
        var names = path.Split('/');
        var parent = names.Length == 1 ? root : (JsonObject)root[names[0]]!;
        if (value is null)
        {
            parent.Remove(names[^1]);
        }
        else
        {
            parent[names[^1]] = JsonNode.Parse(value);
        }

        var (end, rejection, _) = Decode(root.ToJsonString());
        Assert.Null(end);
        Assert.Equal(reason, rejection!.Reason);
        Assert.Contains(names[^1], rejection.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("12")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    public void Whatever_the_bytes_are_it_is_a_refusal_and_no_exception(string text) =>
        Assert.Equal(RejectionReason.NotJson, Decode(text).Rejection!.Reason);

    private static (PassEnd? End, Rejection? Rejection, Domain.Identity.SceneId? Scene) Decode(
        string json, string? contentType = null, params UserProperty[] properties) => PassEndDecoder.Decode(
        new InboundMessage(
            "spex/a/de-neustrelitz/in/scene/sat-1/msi", Encoding.UTF8.GetBytes(json), contentType, [.. properties]),
        AnnouncementLimits.Default);
}
