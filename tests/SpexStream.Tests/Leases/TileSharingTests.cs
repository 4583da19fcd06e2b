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
            var (inFlight, waiting, away) =
                (random.Next(40), random.Next(400), random.Next(TileSharing.MostAway + 1));
            var (devices, others) = (random.Next(1, 9), random.Next(0, 6));
            var node = new NodeDevices(devices, 1, 32);
            var given = TileSharing.Offers(node, inFlight, waiting, away, others);
            Assert.True(given >= 0 && (given == 0 || waiting - given >= 2 * devices), $"seed {Seed}, round {i}");
            Assert.True(given == 0 || given + away <= TileSharing.MostAway, $"seed {Seed}, round {i}");
            Assert.True(others > 0 || given == 0, $"seed {Seed}, round {i}");
            // What was given is not given again.
            Assert.Equal(0, TileSharing.Offers(node, inFlight, waiting - given, away + given, others));
        }
    }

    [Fact]
    public void Two_nodes_have_half_of_a_scene_each_and_three_a_third()
    {
        Assert.Equal(30, TileSharing.Offers(One(), 0, 60, 0, 1));
        Assert.Equal(40, TileSharing.Offers(One(), 0, 60, 0, 2));
        // What its devices have is a part of the owner's share.
        Assert.Equal(30, TileSharing.Offers(One(), 10, 50, 0, 1));
    }

    [Fact]
    public void While_others_could_help_the_devices_have_their_part_of_what_waits_and_two_batches_at_the_end()
    {
        var node = new NodeDevices(2, 4, 32);
        Assert.Equal(32, TileSharing.Window(node, 300, 0, 1));
        Assert.Equal(32, TileSharing.Window(node, 300, 2, 1));
        Assert.Equal(30, TileSharing.Window(node, 60, 1, 1));
        Assert.Equal(20, TileSharing.Window(node, 30, 2, 1));
        Assert.Equal(20, TileSharing.Window(node, 0, 1, 1));
        Assert.Equal(3, TileSharing.Window(node with { SceneTiles = 3 }, 300, 1, 1));
    }

    [Fact]
    public void Scenes_of_a_node_have_together_what_one_would_have_and_each_goes_on_by_itself()
    {
        var node = new NodeDevices(1, 4, 32);
        Assert.Equal(10, TileSharing.Window(node, 0, 1, 1));
        Assert.Equal(5, TileSharing.Window(node, 0, 1, 2));
        Assert.Equal(3, TileSharing.Window(node, 0, 1, 4));
        Assert.Equal(2, TileSharing.Window(node, 0, 1, 20));
        for (var scenes = 1; scenes < 40; scenes++)
        {
            Assert.True(scenes * TileSharing.Window(node, 0, 1, scenes) >= TileSharing.Enough(node));
        }
    }

    [Fact]
    public void A_node_fetches_what_its_devices_lack_for_the_batch_at_hand_and_the_next_one()
    {
        Assert.Equal(16, TileSharing.Enough(new(2, 4, 32)));
        Assert.Equal(16, TileSharing.Lacking(0, 16));
        Assert.Equal(1, TileSharing.Lacking(15, 16));
        Assert.Equal(0, TileSharing.Lacking(16, 16));
        Assert.Equal(0, TileSharing.Lacking(40, 16));
    }

    [Fact]
    public void What_another_node_has_begun_is_doubled_when_a_device_stands_still_or_one_by_one_after_long()
    {
        Assert.True(TileSharing.Doubles(isIdle: true, 3, isLate: false));
        Assert.False(TileSharing.Doubles(isIdle: false, 0, isLate: false));
        Assert.True(TileSharing.Doubles(isIdle: false, 0, isLate: true));
        Assert.False(TileSharing.Doubles(isIdle: false, 1, isLate: true));
    }

    private static NodeDevices One() => new(1, 1, 32);
}
