using System.Text;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Ports.Mqtt;
using Xunit;

namespace SpexStream.Tests.Cli;

/// <summary>When watch --until-closed takes a scene for closed.</summary>
public sealed class SceneWatchTests
{
    [Fact]
    public void A_closed_revision_is_the_end() =>
        Assert.True(new SceneWatch("s", false).Take(State("closed", 1))?.IsClosed);

    [Fact]
    public void A_closed_revision_is_not_the_end_while_a_later_one_is_open()
    {
        var watch = new SceneWatch("s", false);
        Assert.Null(watch.Take(State("open", 2)));
        Assert.Null(watch.Take(State("closed", 1)));
        Assert.True(watch.Take(State("closed", 2))?.IsClosed);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("retracted")]
    [InlineData("abandoned")]
    public void A_scene_without_a_product_is_an_end_of_another_kind_that_says_why(string phase)
    {
        var end = new SceneWatch("s", false).Take(State(phase, 1, "strip 3 did not come"));
        Assert.False(end!.Value.IsClosed);
        Assert.Contains(phase, end.Value.Words, StringComparison.Ordinal);
        Assert.Contains("strip 3 did not come", end.Value.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_is_not_the_end_when_the_scene_was_opened_again_for_a_later_revision()
    {
        var watch = new SceneWatch("s", false);
        Assert.Null(watch.Take(State("open", 2)));
        Assert.Null(watch.Take(State("failed", 1)));
    }

    [Fact]
    public void Other_scenes_and_other_messages_say_nothing()
    {
        var watch = new SceneWatch("s", false);
        Assert.Null(watch.Take(State("closed", 1, scene: "t")));
        Assert.Null(watch.Take(Shown("spex/a/no-test/out/scene/sat-1", """{"phase":"closed","revision":1}""", false)));
        Assert.Null(watch.Take(Shown("spex/a/no-test/state/scene/s", "", true)));
    }

    [Fact]
    public void Live_what_the_broker_had_kept_does_not_count_until_it_changes()
    {
        var watch = new SceneWatch("s", true);
        Assert.Null(watch.Take(State("closed", 1, kept: true)));
        // After an outage the broker tells what it keeps once more.
        Assert.Null(watch.Take(State("closed", 1, kept: true)));
        Assert.True(watch.Take(State("closed", 2, kept: true))?.IsClosed);
    }

    [Fact]
    public void An_event_in_structured_mode_is_understood_as_well() => Assert.True(
        new SceneWatch("s", false).Take(Shown(
            "spex/a/no-test/state/scene/s", """{"specversion":"1.0","data":{"phase":"closed","revision":1}}""", true))?.IsClosed);

    [Fact]
    public void An_outage_is_told_once_and_so_is_its_end()
    {
        var lost = new MqttConnectionState(MqttConnectionPhase.Waiting, 1, false, null, "Connection refused.");
        var up = new MqttConnectionState(MqttConnectionPhase.Connected, 1, false, null, null);
        var (isGone, line) = BrokerNews.Tell(false, lost, "mqtt://b", "missed");
        Assert.True(isGone);
        Assert.Contains("mqtt://b is gone (Connection refused)", line, StringComparison.Ordinal);
        Assert.Equal((true, null), BrokerNews.Tell(true, lost, "mqtt://b", "missed"));
        Assert.Equal((false, "mqtt://b is back; missed"), BrokerNews.Tell(true, up, "mqtt://b", "missed"));
        Assert.Equal((false, null), BrokerNews.Tell(false, up, "mqtt://b", "missed"));
    }

    private static ShownEvent State(
        string phase, int revision, string? words = null, bool kept = false, string scene = "s") => Shown(
        $"spex/a/no-test/state/scene/{scene}",
        $$"""{"phase":"{{phase}}","revision":{{revision}}{{(words is null ? "" : $",\"message\":\"{words}\"")}}}""", kept);

    private static ShownEvent Shown(string topic, string payload, bool kept) => ShownEvent.Of(new MqttMessage
    {
        Topic = topic,
        Payload = Encoding.UTF8.GetBytes(payload),
        Retain = kept,
    });
}
