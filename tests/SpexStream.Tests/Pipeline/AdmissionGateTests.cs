using SpexStream.Pipeline.Work;
using Xunit;

namespace SpexStream.Tests.Pipeline;

public sealed class AdmissionGateTests
{
    [Fact]
    public async Task A_strip_waits_while_the_bound_is_reached_and_goes_on_when_a_tile_is_done()
    {
        var gate = new AdmissionGate(2);
        await gate.EnterAsync(CancellationToken.None);
        gate.Add(2);
        var waiting = gate.EnterAsync(CancellationToken.None).AsTask();
        Assert.Equal((2, 1), (gate.ReadyTiles, gate.Waiting));
        Assert.False(waiting.IsCompleted);
        gate.Remove(1);
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((1, 0), (gate.ReadyTiles, gate.Waiting));
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_no_longer_counts_as_waiting()
    {
        var gate = new AdmissionGate(1);
        gate.Add(1);
        using var stop = new CancellationTokenSource();
        var waiting = gate.EnterAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, gate.Waiting);
    }
}
