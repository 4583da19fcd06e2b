using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Daemon.Hosting;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Commands;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Commands;

/// <summary>Commands from a connection that the test plays.</summary>
public sealed class CommandServiceTests : IAsyncDisposable
{
    private const string Replies = "spex/a/no-test/reply/op/1";
    private readonly FakeConnection _connection = new();
    private readonly FakeConnection _replies = new();
    private readonly FakeRuntime _runtime = new();
    private readonly SpexMeter _meter = new();
    private readonly ManualClock _clock = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly CancellationTokenSource _stop = new();
    private readonly StationControl _control;
    private readonly List<string> _unanswered = [];
    private readonly Task _running;
    private Func<string, CancellationToken, Task<CommandAnswer>> _replay = (_, _) =>
        Task.FromResult(CommandAnswer.Of(new ReplayCount(2, 1), null));

    private Func<InboxItem.Order, ValueTask<SceneOrderOutcome?>> _passOn;
    private int _left;

    public CommandServiceTests()
    {
        _passOn = async order => await _runtime.OrderAsync(order.Scene, order.Asked()!, CancellationToken.None);
        _control = new StationControl(new OpenGate(), () => _left++);
        var options = new CommandOptions(StationId.Parse("no-test"), "node-1")
        {
            OnUnanswered = (topic, _) => _unanswered.Add(topic),
        };
        _running = new CommandService(
            _connection, new CommandReplies(_replies, options, _meter, _clock),
            new(_runtime, _control, (folder, stop) => _replay(folder, stop))
            {
                OrderOrPassOn = (order, _) => _passOn(order),
            },
            options, _clock)
            .RunAsync(_stop.Token);
    }

    [Fact]
    public async Task An_order_is_answered_where_and_as_it_was_asked_for()
    {
        _runtime.OnOrder = (_, _) => new(true, "reprocessing", "Again.", 2);
        await GiveAsync("reprocess", """{"scene":"s","revision":1}""", correlation: [7, 0, 255]);
        Assert.Equal(("s", new SceneOrder.Reprocess(1)), Assert.Single(_runtime.Orders));
        var reply = Assert.Single(_replies.Published);
        Assert.Equal([7, 0, 255], reply.CorrelationData!.Value.ToArray());
        Assert.Equal((Replies, "application/json", false), (reply.Topic, reply.ContentType, reply.Retain));
        var data = JsonNode.Parse(reply.Payload.Span)!;
        Assert.Equal(
            ("reprocess", "done", "reprocessing", "s", 2, "node-1"),
            ((string?)data["verb"], (string?)data["status"], (string?)data["reason"], (string?)data["scene_id"],
                (int?)data["revision"], (string?)data["node"]));
    }

    [Fact]
    public async Task Without_a_response_topic_it_is_done_all_the_same()
    {
        await GiveAsync("pause", "", replyTo: null);
        Assert.True(_control.Switch.IsPaused);
        Assert.Empty(_replies.Published);
    }

    [Theory]
    [InlineData("spex/a/no-test/in/strip/sat-1/msi")]
    [InlineData("spex/a/no-test/out/mask/water/sat-1")]
    [InlineData("spex/a/other/reply/op/1")]
    [InlineData("spex/a/no-test/reply/")]
    [InlineData("spex/a/no-test/reply/../in")]
    [InlineData("elsewhere")]
    public async Task The_stations_rights_are_lent_to_nobody_for_an_answer(string topic)
    {
        await GiveAsync("pause", "", replyTo: topic);
        Assert.False(_control.Switch.IsPaused);
        Assert.Empty(_replies.Published);
    }

    [Fact]
    public async Task A_retained_command_is_not_carried_out()
    {
        await GiveAsync("drain", "", retain: true);
        Assert.Equal(0, _left);
        Assert.Equal(("refused", "retained"), Answer());
    }

    [Fact]
    public async Task What_cannot_be_read_is_answered_and_the_next_command_is_taken()
    {
        await GiveAsync("retract", """{"scene":1}""");
        Assert.Equal(("refused", "bad-field"), Answer());
        await GiveAsync("resume", "");
        Assert.Equal(("done", "resumed"), Answer());
        Assert.Empty(_runtime.Orders);
    }

    [Fact]
    public async Task A_scene_that_breaks_is_answered_and_the_next_command_is_taken()
    {
        _runtime.OnOrder = (_, _) => throw new IOException("the disk");
        await GiveAsync("retract", """{"scene":"s"}""");
        Assert.Equal(("failed", "failed"), Answer());
        await GiveAsync("pause", "");
        Assert.Equal(("done", "paused"), Answer());
    }

    [Fact]
    public async Task It_leaves_when_the_drain_was_answered_and_takes_nothing_more()
    {
        var answered = false;
        _replies.OnPublish = (_, _) =>
        {
            answered = _left == 0;
            return Task.CompletedTask;
        };
        await GiveAsync("drain", "");
        Assert.Equal((1, true), (_left, answered));
        await GiveAsync("pause", "");
        Assert.Equal(("refused", "draining"), Answer());
    }

    [Fact]
    public async Task While_a_folder_is_replayed_other_commands_are_taken_but_no_second_one()
    {
        var replay = new TaskCompletionSource<CommandAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _replay = (_, _) =>
        {
            begun.TrySetResult();
            return replay.Task;
        };
        await GiveAsync("replay", """{"spool":"/srv/in"}""");
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await GiveAsync("replay", """{"spool":"/srv/in"}""");
        Assert.Equal(("refused", "busy"), Answer());
        await GiveAsync("pause", "");
        Assert.Equal(("done", "paused"), Answer());
        replay.SetResult(CommandAnswer.Of(new ReplayCount(1, 2), null));
        await GiveAsync("replay", """{"spool":"/srv/in"}""");
        Assert.Contains(_replies.Published, reply => Reason(reply) == "paused" && Status(reply) == "refused");
        await _stop.CancelAsync();
        await _running;
        Assert.Contains(_replies.Published, reply => Reason(reply) == "replayed");
    }

    [Fact]
    public async Task An_answer_that_the_broker_will_not_take_ends_nothing()
    {
        _replies.OnPublish = (_, _) => throw new MqttRefusedException("publish", MqttReasonCode.NotAuthorized);
        await GiveAsync("pause", "");
        Assert.True(_control.Switch.IsPaused);
        Assert.Equal([Replies], _unanswered);
        await GiveAsync("resume", "");
        Assert.False(_control.Switch.IsPaused);
    }

    [Fact]
    public async Task An_order_that_is_passed_on_is_answered_by_who_has_the_scene_and_once()
    {
        var passed = new List<InboxItem.Order>();
        _passOn = order =>
        {
            passed.Add(order);
            return new((SceneOrderOutcome?)null);
        };
        await GiveAsync("release", """{"scene":"s","strip":2}""", correlation: [7, 0, 255]);
        Assert.Empty(_replies.Published);

        var order = Assert.Single(passed);
        Assert.Equal(new SceneOrder.Release(2), order.Asked());
        await new CommandReplies(_replies, new(StationId.Parse("no-test"), "node-2"), _meter, _clock).AnswerAsync(
            order, new(CommandStatus.Done, "released", "Again."), CancellationToken.None);
        var reply = Assert.Single(_replies.Published);
        Assert.Equal((Replies, "node-2"), (reply.Topic, (string?)JsonNode.Parse(reply.Payload.Span)!["node"]));
        Assert.Equal([7, 0, 255], reply.CorrelationData!.Value.ToArray());
    }

    [Theory]
    [InlineData("drain")]
    [InlineData("pause")]
    [InlineData("resume")]
    public async Task What_one_node_is_asked_to_do_no_other_does_or_answers(string verb)
    {
        await GiveAsync(verb, """{"node":"node-2"}""");
        Assert.Empty(_replies.Published);
        Assert.Equal((0, new IntakeSwitch()), (_left, _control.Switch));
        await GiveAsync(verb, """{"node":"node-1"}""");
        Assert.Equal("done", Status(Assert.Single(_replies.Published)));
        Assert.Equal(verb == "drain" ? 1 : 0, _left);
    }

    [Fact]
    public async Task Strips_wait_while_it_is_paused()
    {
        await GiveAsync("pause", "");
        var waiting = _control.WaitAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        await GiveAsync("resume", "");
        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(20));
        _stop.Dispose();
        _meter.Dispose();
    }

    private async Task GiveAsync(
        string verb, string payload, string? replyTo = Replies, byte[]? correlation = null, bool retain = false) =>
        await _connection.Receive(new MqttMessage
        {
            Topic = $"spex/a/no-test/cmd/{verb}",
            Payload = Encoding.UTF8.GetBytes(payload),
            ResponseTopic = replyTo,
            CorrelationData = correlation,
            Retain = retain,
        }).AcknowledgedAsync();

    private (string? Status, string? Reason) Answer() =>
        (Status(_replies.Published.Last()), Reason(_replies.Published.Last()));

    private static string? Status(MqttMessage reply) => (string?)JsonNode.Parse(reply.Payload.Span)!["status"];

    private static string? Reason(MqttMessage reply) => (string?)JsonNode.Parse(reply.Payload.Span)!["reason"];
}
