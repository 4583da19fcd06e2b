using System.Text;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Ports.Mqtt;
using Xunit;

namespace SpexStream.Tests.Cli;

/// <summary>Whoever may publish decides what watch is given; it shows it and goes on.</summary>
public sealed class ShownEventTests
{
    public static TheoryData<string> Payloads() =>
    [
        "", "no json", "null", "3", "[]", "{\"properties\":[]}", "{\"properties\":3}", "{\"properties\":null}",
        "{\"a\":1,\"a\":2}", "{\"properties\":{\"text\":1,\"text\":2}}", "{\"properties\":{\"text\":[{}]}}",
        "{\"reason\":{\"a\":{}}}",
        new string('[', 100), "{\"text\":\"\\ud800\"}", "{\"text\":\"\u001b[2J\\u001b]0;mine\\u0007\"}",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void A_payload_of_any_kind_is_one_line_without_control_characters(string payload)
    {
        var line = Shown(Encoding.UTF8.GetBytes(payload)).ToText();
        Assert.DoesNotContain(line, char.IsControl);
        Assert.DoesNotContain(Shown(Encoding.UTF8.GetBytes(payload)).ToJson(), char.IsControl);
        Assert.Null(Shown(Encoding.UTF8.GetBytes(payload)).StateOf("scene"));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_one_line()
    {
        byte[] payload = [.. "{\"text\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8];
        Assert.DoesNotContain(Shown(payload).ToText(), char.IsControl);
        Assert.DoesNotContain(Shown(payload).ToJson(), char.IsControl);
    }

    [Fact]
    public void An_event_is_told_by_its_type_its_properties_and_its_text()
    {
        var text = Shown("{\"properties\":{\"text\":\"Water was seen.\"},\"phase\":\"closed\"}"u8.ToArray()).ToText();
        Assert.Equal("scene.progress.v1 scene=scene?[31m phase=closed: Water was seen.", text);
    }

    [Theory]
    [InlineData(
        "node.status.v1 node=node-1 reason=connection lost state=offline", "state/node/node-1", "node.status.v1",
        """{"node":"node-1","state":"offline","reason":"connection lost"}""")]
    [InlineData(
        "mask.created.v1 class=water", "out/mask/water/sat-1", "mask.created.v1", """{"type":"Feature"}""")]
    [InlineData(
        "alert.raised.v1 scene=s2 class=water severity=severe area=lake: The lake: open water 30 ha, confirmed",
        "out/alert/water/severe/lake", "alert.raised.v1",
        """{"properties":{"headline":"The lake: open water 30 ha, confirmed","observations":["s1","s2"]}}""")]
    [InlineData(
        "alert.raised.v1 cap class=water severity=severe area=lake", "out/cap/water/severe/lake", "alert.raised.v1",
        "<alert/>")]
    [InlineData(
        "alert.state.v1 class=water severity=severe area=lake alert=7b830f", "state/alert/water/lake/7b830f",
        "alert.state.v1", """{"properties":{"severity":"Severe"}}""")]
    [InlineData("alert.state.v1 ended class=water area=lake alert=7b830f", "state/alert/water/lake/7b830f", null, "")]
    [InlineData("scene.progress.v1 ended scene=s-1", "state/scene/s-1", null, "")]
    [InlineData(
        "mask.created.v1 scene=s-1 class=buildings status=final", "out/mask/buildings/sat-1", null,
        """{"specversion":"1.0","type":"org.spexstream.mask.created.v1","sceneid":"s-1","status":"final","data":{}}""")]
    public void An_event_names_what_it_is_about(string line, string topic, string? type, string payload) =>
        Assert.Equal(line, ShownEvent.Of(new MqttMessage
        {
            Topic = $"spex/a/no-test/{topic}",
            Payload = Encoding.UTF8.GetBytes(payload),
            UserProperties = type is null ? [] : [new("type", $"org.spexstream.{type}")],
        }).ToText());

    private static ShownEvent Shown(byte[] payload) => ShownEvent.Of(new MqttMessage
    {
        Topic = "spex/a/no-test/out/scene/sat-1",
        Payload = payload,
        UserProperties = [new("type", "org.spexstream.scene.progress.v1"), new("sceneid", "scene\u001b[31m")],
    });
}
