using SpexStream.Pipeline.Work;
using Xunit;

namespace SpexStream.Tests.Pipeline;

public sealed class AdmissionGateTests
{
    [Fact]
    public async Task A_strip_waits_while_the_bound_is_reached_and_goes_on_when_a_tile_is_done()
    {
        var gate = new AdmissionGate(2);
        using (await gate.EnterAsync(1, CancellationToken.None))
        {
            gate.Add(2);
        }

        var waiting = gate.EnterAsync(1, CancellationToken.None).AsTask();
        Assert.Equal((2, 1), (gate.ReadyTiles, gate.Waiting));
        Assert.False(waiting.IsCompleted);
        gate.Remove(1);
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((1, 0), (gate.ReadyTiles, gate.Waiting));
    }

    [Fact]
    public async Task A_strip_counts_as_many_tiles_as_it_may_make_ready_until_it_is_in()
    {
        var gate = new AdmissionGate(10);
        var turn = await gate.EnterAsync(6, CancellationToken.None);
        var next = gate.EnterAsync(6, CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);
        gate.Add(4);
        turn.Dispose();
        using (await next.WaitAsync(TimeSpan.FromSeconds(10)))
        {
            Assert.Equal(4, gate.ReadyTiles);
        }
    }

    [Fact]
    public async Task A_strip_that_may_make_more_ready_than_the_bound_goes_in_alone()
    {
        var gate = new AdmissionGate(10);
        gate.Add(1);
        var large = gate.EnterAsync(50, CancellationToken.None).AsTask();
        Assert.False(large.IsCompleted);
        gate.Remove(1);
        (await large.WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_no_longer_counts_as_waiting()
    {
        var gate = new AdmissionGate(1);
        gate.Add(1);
        using var stop = new CancellationTokenSource();
        var waiting = gate.EnterAsync(1, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, gate.Waiting);
    }

    [Fact]
    public void Room_for_one_lets_one_in_and_nobody_overtakes()
    {
        var gate = new AdmissionGate(3);
        gate.Add(3);
        var waiting = Enumerable.Range(0, 5).Select(_ => gate.EnterAsync(1, CancellationToken.None).AsTask()).ToArray();
        gate.Remove(1);
        Assert.Equal([true, false, false, false, false], waiting.Select(turn => turn.IsCompleted));
        // Who comes now stands behind those who wait, also where there will be room for several.
        var late = gate.EnterAsync(1, CancellationToken.None).AsTask();
        gate.Remove(2);
        Assert.Equal([true, true, true, false, false], waiting.Select(turn => turn.IsCompleted));
        Assert.False(late.IsCompleted);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 8)]
    [InlineData(4, 40)]
    public async Task The_bound_holds_and_the_order_is_kept_whatever_happens(int seed, int bound)
    {
        var random = new Random(seed);
        var gate = new AdmissionGate(bound);
        var waiting = new List<(Task<AdmissionGate.Turn> Task, CancellationTokenSource Stop)>();
        var inside = new List<AdmissionGate.Turn>();
        for (var step = 0; step < 4000; step++)
        {
            var ready = gate.ReadyTiles;
            switch (random.Next(5))
            {
                case 0 or 1:
                    var stop = new CancellationTokenSource();
                    waiting.Add((gate.EnterAsync(1, stop.Token).AsTask(), stop));
                    break;
                case 2 when inside.Count > 0:
                    // A strip brings tiles or none, and only then is its turn over.
                    var turn = inside[random.Next(inside.Count)];
                    inside.Remove(turn);
                    gate.Add(random.Next(4));
                    turn.Dispose();
                    turn.Dispose();
                    break;
                case 3 when ready > 0:
                    gate.Remove(random.Next(1, ready + 1));
                    break;
                case 4 when waiting.Count > 0:
                    var given = waiting[random.Next(waiting.Count)];
                    await given.Stop.CancelAsync();
                    Assert.True(given.Task.IsCanceled);
                    waiting.Remove(given);
                    given.Stop.Dispose();
                    break;
            }

            var entered = waiting.TakeWhile(strip => strip.Task.IsCompleted).ToArray();
            Assert.DoesNotContain(waiting.Skip(entered.Length), strip => strip.Task.IsCompleted);
            foreach (var (task, stop) in entered)
            {
                inside.Add(await task);
                stop.Dispose();
            }

            waiting.RemoveRange(0, entered.Length);
            // Nobody was let in above the bound, and nobody waits while there is room.
            Assert.True(entered.Length == 0 || gate.ReadyTiles + inside.Count <= bound, $"seed {seed}, step {step}");
            Assert.True(waiting.Count == 0 || gate.ReadyTiles + inside.Count >= bound, $"seed {seed}, step {step}");
            Assert.Equal(waiting.Count, gate.Waiting);
        }
    }

    [Fact]
    public async Task Strips_from_many_threads_all_get_through_and_leave_the_gate_as_it_was()
    {
        const int Bound = 4;
        var gate = new AdmissionGate(Bound);
        var (inside, most, through, gaveUp) = (0, 0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => Task.Run(async () =>
        {
            using var stop = new CancellationTokenSource();
            var entering = gate.EnterAsync(1, stop.Token).AsTask();
            if (number % 5 == 0)
            {
                await stop.CancelAsync();
            }

            try
            {
                using var turn = await entering.WaitAsync(TimeSpan.FromSeconds(30));
                InterlockedMax(ref most, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                gate.Add(number % 3);
                turn.Dispose();
                gate.Remove(number % 3);
                Interlocked.Increment(ref through);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref gaveUp);
            }
        })));
        Assert.Equal(400, through + gaveUp);
        Assert.InRange(gaveUp, 0, 80);
        Assert.InRange(most, 1, Bound);
        Assert.Equal((0, 0), (gate.ReadyTiles, gate.Waiting));
        // All of the room is there again.
        Assert.All(
            Enumerable.Range(0, Bound).Select(_ => gate.EnterAsync(1, CancellationToken.None).AsTask()).ToArray(),
            turn => Assert.True(turn.IsCompleted));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
