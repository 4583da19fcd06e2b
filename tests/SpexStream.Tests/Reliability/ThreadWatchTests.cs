using SpexStream.Domain.Reliability;
using Xunit;

namespace SpexStream.Tests.Reliability;

public sealed class ThreadWatchTests
{
    [Fact]
    public void Threads_that_hang_are_replaced_until_too_many_are_out()
    {
        var watch = new ThreadWatch(2);
        (watch, var first) = watch.GiveUp();
        (watch, var second) = watch.GiveUp();
        Assert.True(first && second && watch.IsServing);
        (watch, var third) = watch.GiveUp();
        Assert.False(third || watch.IsServing);
        Assert.Equal(3, watch.Hung);
    }

    [Fact]
    public void A_place_out_of_service_is_served_again_by_one_thread_when_a_hung_one_returns()
    {
        var watch = new ThreadWatch(1).GiveUp().State.GiveUp().State;
        Assert.False(watch.IsServing);
        (watch, var starts) = watch.Return();
        Assert.True(starts && watch.IsServing);
        (watch, starts) = watch.Return();
        Assert.False(starts);
        Assert.True(watch.IsServing);
        Assert.Equal(0, watch.Hung);
    }

    [Fact]
    public void A_place_that_is_left_gets_no_new_thread()
    {
        var watch = new ThreadWatch(3) with { IsEnding = true };
        (watch, var starts) = watch.GiveUp();
        Assert.False(starts);
        Assert.False(watch.Return().StartsThread);
    }

    [Fact]
    public void Whatever_happens_exactly_one_thread_works_while_a_place_is_served_and_no_more_are_out_than_may_be()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        for (var run = 0; run < 200; run++)
        {
            var limit = random.Next(1, 6);
            var (watch, working) = (new ThreadWatch(limit), 1);
            for (var step = 0; step < 100; step++)
            {
                var hangs = working > 0 && (watch.Hung == 0 || random.Next(2) == 0);
                (watch, var starts) = hangs ? watch.GiveUp() : watch.Return();
                working += (starts ? 1 : 0) - (hangs ? 1 : 0);
                Assert.True(working == (watch.IsServing ? 1 : 0), $"seed {Seed}, run {run}, step {step}");
                Assert.InRange(watch.Hung, 0, limit + 1);
            }
        }
    }
}
