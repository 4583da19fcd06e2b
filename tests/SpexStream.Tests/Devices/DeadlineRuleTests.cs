using SpexStream.Domain.Devices;
using Xunit;

namespace SpexStream.Tests.Devices;

public sealed class DeadlineRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(10, 0.5, 2, 100, 40)]
    [InlineData(10, 0.5, 2, 30, 30)]
    [InlineData(0.4, 0.5, 2, 30, 0)]
    [InlineData(-5, 0.5, 2, 30, 0)]
    [InlineData(10, 0.5, 0, 30, 0)]
    public void As_many_tiles_as_the_devices_finish_in_time(
        double left, double tile, int devices, int waiting, int affordable) =>
        Assert.Equal(affordable, DeadlineRule.Affordable(Now, Now.AddSeconds(left), new Pace(tile), devices, waiting));

    [Fact]
    public void A_model_of_unknown_pace_is_given_all_of_them() =>
        Assert.Equal(7, DeadlineRule.Affordable(Now, Now.AddSeconds(1), default, 1, 7));

    [Fact]
    public void The_pace_is_that_of_the_first_batch_and_then_follows_a_change_within_a_hundred_tiles()
    {
        var pace = default(Pace).After(4, 0.4);
        Assert.Equal(0.1, pace.TileSeconds, 12);

        for (var batch = 0; batch < 25; batch++)
        {
            pace = pace.After(4, 1.2);
        }

        Assert.InRange(pace.TileSeconds, 0.298, 0.3);
    }

    [Fact]
    public void One_batch_of_many_tiles_weighs_as_much_as_many_of_one()
    {
        var together = new Pace(0.1).After(10, 2);
        var apart = Enumerable.Range(0, 10).Aggregate(new Pace(0.1), (pace, _) => pace.After(1, 0.2));

        Assert.Equal(apart.TileSeconds, together.TileSeconds, 12);
    }
}
