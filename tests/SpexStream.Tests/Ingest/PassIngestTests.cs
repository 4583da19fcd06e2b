using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Ingest;

public sealed class PassIngestTests
{
    private const string Topic = "spex/a/test/in/scene/sat-1/msi";

    [Fact]
    public async Task An_end_of_pass_does_not_overtake_the_strips_of_its_scene_but_those_of_others()
    {
        await using var bench = new IngestBench();
        var (room, waits) = (NewSignal(), NewSignal());
        bench.Runtime.OnDeliver = async (_, cancellation) =>
        {
            waits.TrySetResult();
            await room.Task.WaitAsync(cancellation);
            return new DeliveryOutcome.Accepted();
        };
        var path = bench.NewFile("a.tif");
        bench.Start();
        bench.Announce(IngestBench.Strip("one", 0, path));
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var own = bench.Connection.Receive(Topic, End("one"));
        await bench.Connection.Receive(Topic, End("two", 3)).AcknowledgedAsync();
        Assert.Equal([("two", 3)], bench.Runtime.Ended);
        room.SetResult();
        await own.AcknowledgedAsync();
        Assert.Equal([("two", 3), ("one", null)], bench.Runtime.Ended);
    }

    [Fact]
    public async Task Behind_messages_that_were_refused_it_still_comes()
    {
        await using var bench = new IngestBench();
        bench.Start();
        bench.Connection.Receive("spex/a/test/in/strip/sat-1/msi", "{}");
        bench.Connection.Receive(Topic, "[]");
        await bench.Connection.Receive(Topic, End("one")).AcknowledgedAsync();
        Assert.Equal([("one", null)], bench.Runtime.Ended);
        Assert.Equal(["missing-field", "not-json"], bench.DeadLetters().Order());
    }

    private static string End(string scene, int? count = null) =>
        $$$"""{"type":"Feature","properties":{"spex:event":"end-of-pass","spex:strip_count":{{{count?.ToString() ?? "null"}}},"spex:scene_id":"{{{scene}}}"}}""";

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
