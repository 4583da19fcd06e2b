using SpexStream.Domain.Leases;
using Xunit;

namespace SpexStream.Tests.Leases;

/// <summary>Which tiles go to other nodes, by counts.</summary>
public sealed class TileSharingTests
{
    [Fact]
    public void An_owner_alone_keeps_all_and_one_with_others_keeps_enough_for_its_devices()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        for (var i = 0; i < 5000; i++)
        {
            var (waiting, away) = (random.Next(400), random.Next(TileSharing.MostAway + 1));
            var (devices, others) = (random.Next(1, 9), random.Next(0, 6));
            var given = TileSharing.Offers(waiting, away, devices, others);
            Assert.True(given >= 0 && (given == 0 || waiting - given >= 2 * devices), $"seed {Seed}, round {i}");
            Assert.True(given == 0 || given + away <= TileSharing.MostAway, $"seed {Seed}, round {i}");
            Assert.True(others > 0 || given == 0, $"seed {Seed}, round {i}");
            // What was given is not given again.
            Assert.Equal(0, TileSharing.Offers(waiting - given, away + given, devices, others));
        }
    }

    [Fact]
    public void Two_nodes_have_half_of_a_scene_each_and_three_a_third()
    {
        Assert.Equal(30, TileSharing.Offers(60, 0, 1, 1));
        Assert.Equal(40, TileSharing.Offers(60, 0, 1, 2));
    }

    [Fact]
    public void The_window_is_small_while_others_could_help_and_holds_two_batches_for_each_device()
    {
        Assert.Equal(32, TileSharing.Window(32, 2, 1, 0));
        Assert.Equal(8, TileSharing.Window(32, 2, 1, 1));
        Assert.Equal(20, TileSharing.Window(32, 2, 4, 1));
        Assert.Equal(3, TileSharing.Window(3, 2, 1, 1));
    }

    [Fact]
    public void What_is_away_is_taken_back_only_when_a_device_would_stand_still_after_what_it_does()
    {
        Assert.True(TileSharing.TakesBack(0, 3, 2, 1));
        Assert.False(TileSharing.TakesBack(0, 4, 2, 1));
        Assert.True(TileSharing.TakesBack(0, 15, 2, 4));
        Assert.False(TileSharing.TakesBack(0, 16, 2, 4));
        Assert.False(TileSharing.TakesBack(1, 0, 2, 1));
    }

    [Fact]
    public void A_node_claims_twice_what_it_does_at_once_and_nothing_while_it_has_work_of_its_own()
    {
        Assert.Equal(4, TileSharing.Claims(0, 0, 2, 1, 0));
        Assert.Equal(1, TileSharing.Claims(1, 3, 2, 1, 0));
        Assert.Equal(0, TileSharing.Claims(0, 5, 2, 1, 0));
        Assert.Equal(0, TileSharing.Claims(2, 0, 2, 1, 0));
        Assert.Equal(16, TileSharing.Claims(0, 0, 2, 4, 0));
        Assert.Equal(0, TileSharing.Claims(0, 0, 2, 1, 1));
    }
}
