using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral;
using Xunit;

namespace SpexStream.Tests.Spectral;

public sealed class CloudShadowTests
{
    [Fact]
    public void Dark_land_within_reach_of_a_cloud_becomes_shadow_and_nothing_else_does()
    {
        var rule = new CloudShadowRule(2000, 1000, 10);
        rule.AddCloud(500, 1000, 30);
        var reach = rule.Conclude();
        byte[] codes = [CoverCode.DarkLand, CoverCode.Water, CoverCode.Land, CoverCode.Cloud, 0x12];

        reach.Apply(500, 1100, codes);

        Assert.Equal(250, rule.ReachPixels);
        Assert.Equal(
            [CoverCode.CloudShadow, CoverCode.Water, CoverCode.Land, CoverCode.Cloud, CoverCode.CloudShadow], codes);
    }

    [Fact]
    public void The_reach_is_a_disc_good_to_one_cell()
    {
        var rule = new CloudShadowRule(2000, 1000, 10);
        rule.AddCloud(500, 1000, 1);
        var reach = rule.Conclude();

        for (var row = 0; row < 1000; row++)
        {
            for (var column = 0; column < 2000; column += 3)
            {
                var distance = Math.Sqrt(((row - 500) * (row - 500.0)) + ((column - 1000) * (column - 1000.0)));
                if (Math.Abs(distance - rule.ReachPixels) > 2 * rule.CellPixels)
                {
                    Assert.Equal(distance < rule.ReachPixels, reach.Contains(row, column));
                }
            }
        }
    }

    [Fact]
    public void A_run_is_cut_where_the_reach_ends()
    {
        var rule = new CloudShadowRule(2000, 64, 10);
        rule.AddCloud(10, 0, 5);
        var reach = rule.Conclude();

        var border = reach.Stretch(10, 3, 1900, out var near);

        Assert.True(near);
        Assert.True(reach.Contains(10, border - 1));
        Assert.False(reach.Contains(10, border));
        Assert.Equal(1900, reach.Stretch(10, border, 1900, out near));
        Assert.False(near);
    }

    [Fact]
    public void Parts_of_a_scene_may_be_gathered_apart_and_merged()
    {
        var random = new Random(3);
        var (whole, first, second) =
            (new CloudShadowRule(700, 500, 30), new CloudShadowRule(700, 500, 30), new CloudShadowRule(700, 500, 30));
        for (var run = 0; run < 12; run++)
        {
            var (row, column, length) = (random.Next(500), random.Next(600), random.Next(1, 60));
            whole.AddCloud(row, column, length);
            (run % 2 == 0 ? first : second).AddCloud(row, column, length);
        }

        first.Merge(second);
        var (expected, actual) = (whole.Conclude(), first.Conclude());

        for (var at = 0; at < 500 * 700; at++)
        {
            Assert.Equal(expected.Contains(at / 700, at % 700), actual.Contains(at / 700, at % 700));
        }
    }

    [Theory]
    [InlineData(10, 250, 16)]
    [InlineData(30, 84, 8)]
    [InlineData(3000, 1, 1)]
    [InlineData(double.NaN, 128, 16)]
    public void The_reach_follows_from_the_pixel_size(double metres, int reach, int cell)
    {
        var rule = new CloudShadowRule(4000, 4000, metres);

        Assert.Equal((reach, cell), (rule.ReachPixels, rule.CellPixels));
    }
}
