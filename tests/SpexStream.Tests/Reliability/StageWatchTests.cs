using SpexStream.Domain.Reliability;
using Xunit;

namespace SpexStream.Tests.Reliability;

public sealed class StageWatchTests
{
    private static readonly StageWatch New = new(Seconds(60));

    [Fact]
    public void A_stage_with_work_and_without_progress_stands_still_after_its_deadline_and_says_how_long()
    {
        var watch = New.Observe(3, 7, Seconds(10)).Observe(4, 7, Seconds(50)).Observe(2, 7, Seconds(69));
        Assert.Null(watch.StalledFor(Seconds(69.9)));
        Assert.Equal(Seconds(60), watch.StalledFor(Seconds(70)));
        Assert.Equal(Seconds(90), watch.StalledFor(Seconds(100)));
    }

    [Fact]
    public void Any_progress_begins_the_time_anew()
    {
        var watch = New.Observe(3, 7, Seconds(0)).Observe(3, 8, Seconds(59));
        Assert.Null(watch.StalledFor(Seconds(118)));
        Assert.NotNull(watch.StalledFor(Seconds(119)));
    }

    [Fact]
    public void A_stage_that_had_nothing_to_do_for_long_has_its_whole_time_for_the_next_piece_of_work()
    {
        var watch = New.Observe(1, 7, Seconds(0)).Observe(0, 7, Seconds(10)).Observe(0, 7, Seconds(500));
        Assert.Null(watch.StalledFor(Seconds(600)));
        Assert.Null(watch.Observe(1, 7, Seconds(600)).StalledFor(Seconds(659)));
    }

    [Fact]
    public void However_work_comes_and_goes_only_a_pause_as_long_as_the_deadline_is_a_stall()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        for (var run = 0; run < 200; run++)
        {
            var (watch, since, depth, progress) = (New, 0.0, 0, 0L);
            for (var now = 0.0; now < 600; now += random.Next(1, 20))
            {
                var next = random.Next(4);
                var got = random.Next(8) == 0;
                since = depth == 0 || next == 0 || got ? now : since;
                (depth, progress) = (next, progress + (got ? 1 : 0));
                watch = watch.Observe(depth, progress, Seconds(now));
                var expected = depth > 0 && now - since >= 60 ? Seconds(now) - Seconds(since) : (TimeSpan?)null;
                Assert.True(expected == watch.StalledFor(Seconds(now)), $"seed {Seed}, run {run}, {now} s");
            }
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
