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

    private static ShownEvent Shown(byte[] payload) => ShownEvent.Of(new MqttMessage
    {
        Topic = "spex/a/no-test/out/scene/sat-1",
        Payload = payload,
        UserProperties = [new("type", "org.spexstream.scene.progress.v1"), new("sceneid", "scene\u001b[31m")],
    });
}
