using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Ingest;

public sealed class StripIngestTests
{
    [Fact]
    public async Task Strips_of_open_scenes_get_past_those_that_wait_for_room()
    {
        await using var bench = new IngestBench();
        var room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Runtime.OnDeliver = async (delivery, cancellation) =>
        {
            await (delivery.Scene.Id.Value == "open" ? Task.CompletedTask : room.Task.WaitAsync(cancellation));
            return new DeliveryOutcome.Accepted();
        };
        var path = bench.NewFile("a.tif");
        bench.Start();
        FakeDelivery[] waiting =
            [.. Enumerable.Range(0, 20).Select(i => bench.Announce(IngestBench.Strip($"new-{i}", 0, path)))];
        await bench.Announce(IngestBench.Strip("open", 0, path)).AcknowledgedAsync();

        // Nothing of what waits is acknowledged, and none of it holds memory.
        await Task.WhenAll(waiting.Select(delivery => delivery.DisposedAsync()));
        Assert.DoesNotContain(waiting, delivery => delivery.IsAcknowledged);
        room.SetResult();
        await Task.WhenAll(waiting.Select(delivery => delivery.AcknowledgedAsync()));
    }

    [Fact]
    public async Task No_more_is_taken_from_the_broker_than_may_be_unsettled()
    {
        await using var bench = new IngestBench(options => options with { MaxUnsettled = 3 });
        var room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Runtime.OnDeliver = async (_, cancellation) =>
        {
            await room.Task.WaitAsync(cancellation);
            return new DeliveryOutcome.Accepted();
        };
        var path = bench.NewFile("a.tif");
        bench.Start();
        FakeDelivery[] strips =
            [.. Enumerable.Range(0, 5).Select(i => bench.Announce(IngestBench.Strip($"new-{i}", 0, path)))];
        await Task.WhenAll(strips[..3].Select(delivery => delivery.DisposedAsync()));
        Assert.Equal(2, bench.Connection.Deliveries.Count);
        room.SetResult();
        await Task.WhenAll(strips.Select(delivery => delivery.AcknowledgedAsync()));
    }

    [Fact]
    public async Task What_the_pipeline_gives_up_by_itself_is_neither_acknowledged_nor_a_dead_letter()
    {
        await using var bench = new IngestBench();
        bench.Runtime.OnDeliver = (delivery, _) => delivery.Scene.Id.Value == "one"
            ? Task.FromException<DeliveryOutcome>(new OperationCanceledException())
            : Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Accepted());
        var path = bench.NewFile("a.tif");
        bench.Start();
        var strip = bench.Announce(IngestBench.Strip("one", 0, path));
        await strip.DisposedAsync();
        await bench.Announce(IngestBench.Strip("two", 0, path)).AcknowledgedAsync();
        await bench.StopAsync();
        Assert.False(strip.IsAcknowledged);
        Assert.Empty(bench.Posted);
    }

    [Fact]
    public async Task What_waits_when_the_ingest_stops_is_not_acknowledged()
    {
        await using var bench = new IngestBench();
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Runtime.OnDeliver = async (_, cancellation) =>
        {
            waits.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return new DeliveryOutcome.Accepted();
        };
        var path = bench.NewFile("a.tif");
        bench.Start();
        var strip = bench.Announce(IngestBench.Strip("one", 0, path));
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await bench.StopAsync();
        Assert.False(strip.IsAcknowledged);
        Assert.True(strip.IsDisposed);
    }

    [Fact]
    public async Task An_outbox_without_room_does_not_hold_up_the_end()
    {
        await using var bench = new IngestBench();
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.OnPost = (_, cancellation) =>
        {
            waits.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        };
        bench.Start();
        var bad = bench.Connection.Receive("spex/a/test/in/strip/sat-1/msi", "{}");
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await bench.StopAsync();
        Assert.False(bad.IsAcknowledged);
    }

    [Fact]
    public async Task A_strip_that_the_pipeline_breaks_on_is_a_dead_letter_and_the_next_one_is_taken()
    {
        await using var bench = new IngestBench();
        bench.Runtime.OnDeliver = (delivery, _) => delivery.Strip.Index == 0
            ? throw new InvalidOperationException("broken")
            : Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Accepted());
        var path = bench.NewFile("a.tif");
        bench.Start();
        await bench.Announce(IngestBench.Strip("one", 0, path)).AcknowledgedAsync();
        await bench.Announce(IngestBench.Strip("one", 1, path)).AcknowledgedAsync();
        Assert.Equal(["failed"], bench.DeadLetters().AsEnumerable());
    }
}
