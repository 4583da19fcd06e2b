using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Outgoing;
using Xunit;

namespace SpexStream.Tests.Wire;

public sealed class EnvelopeTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static readonly WireContext Full = Sample.Context with { TraceParent = Trace, Sequence = 12 };

    private static readonly Dictionary<string, Func<WireContext, OutgoingMessage>> Kinds = new()
    {
        ["strip"] = c => StripAnnouncementEncoder.Encode(Sample.Accept(Sample.Decode(Sample.Item())), c),
        ["scene"] = c => SceneMessage.Encode(Sample.Closed(), c),
        ["mask"] = c => MaskMessage.Encode(Sample.Product(), LandCoverClass.Water, c),
        ["observation"] = c => ObservationMessage.Encode(Sample.Region(), c),
        ["node"] = c => NodeStatusMessage.Encode(StateTests.Node, c),
        ["progress"] = c => SceneProgressMessage.Encode(StateTests.Progress, c),
        ["deadletter"] = c => DeadLetterMessage.Encode(DeadLetterTests.Letter, c),
        ["refusal"] = c => StripRefusalMessage.Encode(DeadLetterTests.Refusal, c),
    };

    public static TheoryData<string> Names() => [.. Kinds.Keys];

    [Fact]
    public void Binary_mode_carries_the_attributes_in_user_properties()
    {
        var message = ObservationMessage.Encode(Sample.Region(), Full);

        Assert.Equal(
            $"""
            specversion=1.0
            id={message.EventId}
            source=/spex/a/de-neustrelitz
            type=org.spexstream.observation.created.v1
            subject=de-neustrelitz/observation/sat-1/pass-77/all/water/all/pass-77.water.4711
            time=2026-05-01T10:16:00Z
            dataid=de-neustrelitz/observation/sat-1/pass-77/all/water/all/pass-77.water.4711
            sceneid=pass-77
            revision=2
            status=final
            sequence=12
            traceparent={Trace}
            """,
            string.Join('\n', message.UserProperties.Select(p => $"{p.Name}={p.Value}")));
        Assert.Equal("application/geo+json", message.ContentType);
    }

    [Fact]
    public void Structured_mode_carries_everything_in_the_payload()
    {
        var message = SceneMessage.Encode(Sample.Closed(), Full with { Envelope = new(Structured: true) });
        var root = JsonNode.Parse(Sample.Json(message))!;

        Assert.Empty(message.UserProperties);
        Assert.Equal("application/cloudevents+json; charset=utf-8", message.ContentType);
        Assert.Equal(
            "specversion id source type subject time dataid sceneid revision status sequence traceparent "
                + "datacontenttype data",
            string.Join(' ', root.AsObject().Select(pair => pair.Key)));
        Assert.Equal(1, root["revision"]!.GetValue<int>());
        Golden.Equal(Sample.Json(SceneMessage.Encode(Sample.Closed(), Full)), root["data"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_message_keeps_to_the_limits_of_the_envelope(string kind)
    {
        var message = Kinds[kind](Full);

        Assert.True(message.UserProperties.Length <= 16);
        Assert.All(message.UserProperties, p => Assert.True(Ascii.IsValid(p.Name) && Ascii.IsValid(p.Value), p.Name));
        Assert.Equal(1, message.Qos);
        Assert.True(message.IsText);
        Assert.Matches("^[0-9a-f]{32}$", message.EventId);
        Assert.InRange(message.Payload.Length, 1, 8192);
    }

    [Theory]
    [InlineData("strip", false, 6)]
    [InlineData("scene", false, 24)]
    [InlineData("mask", false, 7 * 24)]
    [InlineData("observation", false, 24)]
    [InlineData("progress", true, 24)]
    [InlineData("deadletter", false, 30 * 24)]
    [InlineData("refusal", false, 30 * 24)]
    public void Only_states_are_retained_and_everything_expires(string kind, bool retain, int hours)
    {
        var message = Kinds[kind](Full);

        Assert.Equal((retain, TimeSpan.FromHours(hours)), (message.Retain, message.Expiry));
    }

    [Fact]
    public void A_node_state_is_retained_for_five_minutes()
    {
        var message = Kinds["node"](Full);

        Assert.Equal((true, TimeSpan.FromMinutes(5)), (message.Retain, message.Expiry));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Saying_the_same_later_or_in_another_envelope_gives_the_same_id(string kind)
    {
        var first = Kinds[kind](Full);
        var later = Kinds[kind](Full with
        {
            Now = Sample.Now.AddMinutes(3),
            TraceParent = null,
            Sequence = 99,
            Envelope = new(Structured: true, OgcTypes: true),
        });

        Assert.Equal(first.EventId, later.EventId);
        Assert.NotEqual(first.Payload.ToArray(), later.Payload.ToArray());
    }

    [Fact]
    public void The_moment_of_processing_is_no_content()
    {
        var again = Sample.Product() with { ProcessedAt = Sample.Now.AddHours(1) };

        Assert.Equal(
            MaskMessage.Encode(Sample.Product(), LandCoverClass.Water, Full).EventId,
            MaskMessage.Encode(again, LandCoverClass.Water, Full).EventId);
    }

    [Fact]
    public void Whatever_says_something_else_has_another_id()
    {
        var region = Sample.Region();
        var ids = new[]
        {
            region,
            region with { Revision = 3 },
            region with { Status = ProductStatus.Preliminary },
            region with { Fraction = 0.126 },
            region with { Explanation = region.Explanation! with { Text = "Open water, rough." } },
            region with { Aoi = "elbe" },
            region with { RegionId = "pass-77.water.4712" },
            region with { SensingEnd = Sample.End.AddSeconds(1) },
        }.Select(o => ObservationMessage.Encode(o, Full).EventId).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void A_repeated_refusal_is_a_message_of_its_own() => Assert.NotEqual(
        StripRefusalMessage.Encode(DeadLetterTests.Refusal, Full).EventId,
        StripRefusalMessage.Encode(DeadLetterTests.Refusal with { Arrival = 18 }, Full).EventId);

    [Fact]
    public void Types_can_be_those_of_the_ogc()
    {
        var context = Full with { Envelope = new(OgcTypes: true) };

        Assert.Contains(
            new UserProperty("type", "org.ogc.api.collection.item.update"),
            MaskMessage.Encode(
                Sample.Product() with { Change = ProductChange.Updated },
                LandCoverClass.Water,
                context).UserProperties);
        Assert.Contains(
            new UserProperty("type", EventTypes.SceneClosed),
            SceneMessage.Encode(Sample.Closed(), context).UserProperties);
    }

    [Theory]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [InlineData("hello")]
    public void A_broken_trace_is_dropped(string trace) => Assert.DoesNotContain(
        SceneMessage.Encode(Sample.Closed(), Full with { TraceParent = trace }).UserProperties,
        p => p.Name == "traceparent");
}
