using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Outgoing;
using SpexStream.Messaging.Wire.Reading;
using Xunit;

namespace SpexStream.Tests.Wire;

public sealed class StateTests
{
    internal static readonly NodeStatus Node =
        new("node-1", NodeState.Draining, "0.1.0", Sample.Start, ["cuda:0", "cpu"], "asked to stop");

    internal static readonly SceneProgress Progress = new()
    {
        Platform = Sample.Platform,
        Scene = Sample.Scene,
        Phase = ScenePhase.Closing,
        Revision = 1,
        StripsReceived = 8,
        StripsExpected = 10,
        TilesDone = 40,
        TilesTotal = 64,
        CompletenessPercent = 80,
        Deadline = Sample.Start.AddMinutes(10),
        PredictedFinish = Sample.Start.AddMinutes(2),
    };

    [Fact]
    public void A_node_in_full()
    {
        var message = NodeStatusMessage.Encode(Node, Sample.Context);

        Assert.Equal("spex/a/de-neustrelitz/state/node/node-1", message.Topic);
        Golden.Equal(
            """
            {
              "node": "node-1", "state": "draining", "reason": "asked to stop", "version": "0.1.0",
              "started": "2026-05-01T10:15:00Z", "devices": ["cuda:0", "cpu"], "updated": "2026-05-01T10:16:00Z"
            }
            """,
            message.Payload);
    }

    [Fact]
    public void A_last_will_says_offline_on_the_same_topic()
    {
        var will = NodeStatusMessage.Will(Node with { State = NodeState.Online }, Sample.Context);

        Assert.Equal("spex/a/de-neustrelitz/state/node/node-1", will.Topic);
        Assert.True(will.Retain);
        Assert.Contains(
            "\"state\":\"offline\",\"reason\":\"connection lost\"", Sample.Json(will), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_life_of_a_node_is_another_event() => Assert.NotEqual(
        NodeStatusMessage.Encode(Node, Sample.Context).EventId,
        NodeStatusMessage.Encode(Node with { StartedAt = Sample.End }, Sample.Context).EventId);

    [Fact]
    public void Devices_that_do_not_fit_are_left_out_and_said_so()
    {
        var message = NodeStatusMessage.Encode(Node with { Devices = [new string('x', 9000)] }, Sample.Context);

        Assert.Contains("\"omitted\":[\"devices\"]", Sample.Json(message), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_in_full_and_its_clearing()
    {
        var message = SceneProgressMessage.Encode(Progress, Sample.Context);
        var clearing = SceneProgressMessage.Clear(Sample.Station, Sample.Scene);

        Golden.Equal(
            """
            {
              "scene_id": "pass-77", "platform": "sat-1", "phase": "closing", "revision": 1,
              "strips_received": 8, "strips_expected": 10, "tiles_done": 40, "tiles_total": 64, "completeness": 80,
              "deadline": "2026-05-01T10:25:00Z", "predicted_finish": "2026-05-01T10:17:00Z",
              "updated": "2026-05-01T10:16:00Z"
            }
            """,
            message.Payload);
        Assert.Equal("spex/a/de-neustrelitz/state/scene/pass-77", message.Topic);
        Assert.Equal(message.Topic, clearing.Topic);
        Assert.True(clearing.Retain);
        Assert.True(clearing.Payload.IsEmpty);
    }

    [Fact]
    public void A_closed_scene_in_full()
    {
        var message = SceneMessage.Encode(Sample.Closed(), Sample.Context);

        Assert.Equal("spex/a/de-neustrelitz/out/scene/sat-1", message.Topic);
        Assert.Equal(EventTypes.SceneClosed, message.EventType);
        Golden.Equal(
            """
            {
              "type": "Feature", "id": "pass-77",
              "geometry": {
                "type": "Polygon", "coordinates": [[[13, 53], [14, 53], [14, 54], [13, 54], [13, 53]]]
              },
              "bbox": [13, 53, 14, 54],
              "properties": {
                "pubtime": "2026-05-01T10:16:00Z",
                "datetime": null,
                "start_datetime": "2026-05-01T10:15:00Z",
                "end_datetime": "2026-05-01T10:15:04.5Z",
                "platform": "sat-1", "spex:scene_id": "pass-77", "spex:event": "closed",
                "spex:revision": 1, "spex:status": "final", "spex:close_reason": "timeout",
                "spex:completeness": 80, "spex:latency_s": 55.5,
                "spex:strips": { "received": 8, "expected": 10, "missing": [4, 5] }
              },
              "links": [
                { "rel": "item", "href": "file:///out/pass-77/item.json", "type": "application/geo+json" }
              ]
            }
            """,
            message.Payload);
    }

    [Theory]
    [InlineData(SceneNoticeKind.Opened, "org.spexstream.scene.opened.v1", "preliminary")]
    [InlineData(SceneNoticeKind.Closed, "org.spexstream.scene.closed.v1", "final")]
    [InlineData(SceneNoticeKind.Revised, "org.spexstream.scene.revised.v1", "final")]
    public void A_scene_is_read_back_as_it_was(SceneNoticeKind kind, string type, string status)
    {
        var sent = SceneMessage.Encode(Sample.Closed() with { Kind = kind }, Sample.Context);

        var read = SceneNoticeReader.TryRead(Sample.Received(sent))!;

        Assert.Equal(type, sent.EventType);
        Assert.Contains(new UserProperty("status", status), sent.UserProperties);
        Assert.Equal(Sample.Json(sent), Sample.Json(SceneMessage.Encode(read, Sample.Context)));
    }

    [Fact]
    public void Every_event_of_an_untrained_model_says_that_it_is_untrained_and_no_other_does()
    {
        ModelFacts Facts(bool isUntrained) => new("tiny", "1", "cd34") { IsUntrained = isUntrained };
        string[] Events(bool isUntrained) =>
        [
            .. Enum.GetValues<SceneNoticeKind>().Select(kind => Sample.Json(SceneMessage.Encode(
                Sample.Closed() with { Kind = kind, IsUntrained = isUntrained }, Sample.Context))),
            Sample.Json(MaskMessage.Encode(
                Sample.Product() with { Model = Facts(isUntrained) }, LandCoverClass.Water, Sample.Context)),
            System.Text.Encoding.UTF8.GetString(ItemJson.Render(
                Sample.Product() with { Model = Facts(isUntrained) }, Sample.Context)),
            Sample.Json(ObservationMessage.Encode(
                Sample.Region() with { Model = Facts(isUntrained) }, Sample.Context)),
        ];

        Assert.All(Events(true), json => Assert.Contains("\"spex:trained\":false", json, StringComparison.Ordinal));
        Assert.All(Events(false), json => Assert.DoesNotContain("spex:trained", json, StringComparison.Ordinal));
        var notice = SceneMessage.Encode(Sample.Closed() with { IsUntrained = true }, Sample.Context);
        Assert.True(SceneNoticeReader.TryRead(Sample.Received(notice))!.IsUntrained);
        var told = ObservationMessage.Encode(Sample.Region() with { Model = Facts(true) }, Sample.Context);
        Assert.True(ObservationReader.TryRead(Sample.Received(told))!.Model!.IsUntrained);
    }

    [Fact]
    public void A_scene_with_tiles_that_were_given_up_says_how_much_of_it_they_are()
    {
        var sent = SceneMessage.Encode(Sample.Closed() with { GivenUpPercent = 2.5 }, Sample.Context);
        Assert.Contains("\"spex:given_up\":2.5,", Sample.Json(sent), StringComparison.Ordinal);
        Assert.Equal(2.5, SceneNoticeReader.TryRead(Sample.Received(sent))!.GivenUpPercent);
    }

    [Fact]
    public void A_long_list_of_missing_strips_is_left_out_whole()
    {
        var notice = Sample.Closed() with { MissingStrips = [.. Enumerable.Range(0, 5000)] };

        var json = Sample.Json(SceneMessage.Encode(notice, Sample.Context));

        Assert.DoesNotContain("\"missing\":[", json, StringComparison.Ordinal);
        Assert.Contains("\"spex:omitted\":[\"missing\"]", json, StringComparison.Ordinal);
    }
}
