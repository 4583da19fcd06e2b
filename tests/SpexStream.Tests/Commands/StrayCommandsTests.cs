using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Commands;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Commands;

/// <summary>What one node of a group answers for all.</summary>
public sealed class StrayCommandsTests : IAsyncDisposable
{
    private readonly FakeConnection _connection = new();
    private readonly FakeConnection _replies = new();
    private readonly SpexMeter _meter = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private Func<ImmutableArray<string>?> _nodes = () => ["node-2", "node-1"];

    public StrayCommandsTests()
    {
        var options = new CommandOptions(StationId.Parse("no-test"), "node-1");
        _running = new StrayCommands(
            _connection, new CommandReplies(_replies, options, _meter, TimeProvider.System), _ => new(_nodes()), options)
            .RunAsync(_stop.Token);
    }

    [Fact]
    public async Task A_verb_that_is_none_is_refused()
    {
        await GiveAsync("fly", "{}");
        Assert.Equal(("unknown", "refused", "unknown-verb"), Answer());
    }

    [Theory]
    [InlineData("drain")]
    [InlineData("pause")]
    [InlineData("resume")]
    public async Task A_command_for_a_node_that_is_not_there_is_refused_with_the_names_of_those_that_are(string verb)
    {
        await GiveAsync(verb, """{"node":"node-9"}""");
        Assert.Equal((verb, "refused", "unknown-node"), Answer());
        Assert.Equal(
            "No node 'node-9' is there; there are node-1, node-2.",
            (string?)JsonNode.Parse(Assert.Single(_replies.Published).Payload.Span)!["message"]);
    }

    [Theory]
    [InlineData("pause", """{"node":"node-2"}""")]
    [InlineData("pause", """{"node":"node-1"}""")]
    [InlineData("pause", "")]
    [InlineData("pause", """{"nodes":1}""")]
    [InlineData("retract", """{"scene":"s"}""")]
    [InlineData("retract", "no json")]
    public async Task What_others_answer_is_left_to_them(string verb, string payload)
    {
        await GiveAsync(verb, payload);
        Assert.Empty(_replies.Published);
    }

    [Fact]
    public async Task Where_nobody_knows_who_is_there_nothing_is_said_and_verbs_are_still_answered()
    {
        _nodes = () => null;
        await GiveAsync("pause", """{"node":"node-9"}""");
        _nodes = () => throw new JournalUnavailableException("away");
        await GiveAsync("pause", """{"node":"node-9"}""");
        Assert.Empty(_replies.Published);
        await GiveAsync("fly", "");
        Assert.Equal(("unknown", "refused", "unknown-verb"), Answer());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(20));
        _stop.Dispose();
        _meter.Dispose();
    }

    private async Task GiveAsync(string verb, string payload) => await _connection.Receive(new MqttMessage
    {
        Topic = $"spex/a/no-test/cmd/{verb}",
        Payload = Encoding.UTF8.GetBytes(payload),
        ResponseTopic = "spex/a/no-test/reply/op/1",
    }).AcknowledgedAsync();

    private (string? Verb, string? Status, string? Reason) Answer()
    {
        var reply = JsonNode.Parse(Assert.Single(_replies.Published).Payload.Span)!;
        return ((string?)reply["verb"], (string?)reply["status"], (string?)reply["reason"]);
    }
}
