using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Daemon.Hosting;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Hosting;

public sealed class FinishTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Whatever_ended_the_taking_of_strips_the_rest_is_finished_and_offline_is_said()
    {
        using var meter = new SpexMeter();
        await using var connection = new FakeConnection();
        await using var outbox = new MqttOutbox(
            connection, 16, 4, meter, TimeProvider.System, (_, _) => { }, (_, _) => { });
        await using var pipeline = new FakeRuntime();
        var taking = Task.FromException(new InvalidOperationException("the ingest broke"));
        Assert.False(await NewFinish(pipeline, outbox).RunAsync(taking, Patience, CancellationToken.None));
        Assert.Equal(["Draining", "Offline"], connection.Published.Select(message => message.Topic));
        Assert.True(pipeline.IsDisposed);
    }

    [Fact]
    public async Task A_full_outbox_costs_its_limit_and_no_more()
    {
        using var meter = new SpexMeter();
        await using var connection =
            new FakeConnection { OnPublish = (_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, stop) };
        await using var outbox = new MqttOutbox(
            connection, 1, 1, meter, TimeProvider.System, (_, _) => { }, (_, _) => { });
        while (outbox.TryPost(Word(NodeState.Online)) || outbox.Depth < 2)
        {
            await Task.Yield();
        }

        await using var pipeline = new FakeRuntime();
        var finished = NewFinish(pipeline, outbox)
            .RunAsync(Task.CompletedTask, TimeSpan.FromMilliseconds(100), CancellationToken.None);
        Assert.False(await finished.WaitAsync(Patience));
    }

    [Fact]
    public async Task All_that_ends_in_time_is_a_clean_end()
    {
        using var meter = new SpexMeter();
        await using var connection = new FakeConnection();
        await using var outbox = new MqttOutbox(
            connection, 16, 4, meter, TimeProvider.System, (_, _) => { }, (_, _) => { });
        await using var pipeline = new FakeRuntime();
        Assert.True(await NewFinish(pipeline, outbox).RunAsync(Task.CompletedTask, Patience, CancellationToken.None));
    }

    [Fact]
    public async Task A_pipeline_that_does_not_leave_is_given_up_also_where_no_broker_was_reached()
    {
        using var meter = new SpexMeter();
        await using var connection = new FakeConnection();
        await using var outbox = new MqttOutbox(
            connection, 16, 4, meter, TimeProvider.System, (_, _) => { }, (_, _) => { });
        var pipeline = new FakeRuntime { Leaving = new TaskCompletionSource().Task };
        var left = NewFinish(pipeline, outbox).LeaveAsync(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        Assert.False(await left.WaitAsync(Patience));
        Assert.True(pipeline.IsDisposed);
        Assert.Empty(connection.Published);
    }

    private static Finish NewFinish(FakeRuntime pipeline, MqttOutbox outbox) =>
        new(pipeline, _ => Task.FromResult(true), outbox, Word, NullLogger.Instance, TimeProvider.System);

    private static OutgoingMessage Word(NodeState state) => OutgoingMessage.Clear(state.ToString());
}
