using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Sharing;
using Xunit;

namespace SpexStream.Tests.Sharing;

/// <summary>When a scene does itself what it gave away and another node has begun.</summary>
public sealed class TilesAwayTests : IDisposable
{
    private static readonly SceneId Scene = SceneId.Parse("made");
    private static readonly TileStage Stage = new(0, 0);
    private readonly MadeDesk _made = new();
    private readonly TileDesk _desk;
    private readonly Share _share;
    private readonly TilesAway _away;

    public TilesAwayTests()
    {
        _desk = _made.Open();
        _share = new(_desk);
        _away = new(_share, (stage, tile) => new TileOrder
        {
            Scene = Scene,
            Stage = stage,
            Tile = tile,
            Number = (UInt128)tile.Column,
        });
    }

    [Fact]
    public void A_scene_of_a_busy_node_waits_a_lease_time_for_others_and_then_does_one_tile_after_the_other()
    {
        // The devices of the node have enough to do, with another scene.
        _desk.Load.Add(8);
        GiveAway(8);
        Assert.Equal([7, 6, 5, 4], _share.Offered);
        Assert.Null(_away.Double(inHand: 0));
        _made.Clock.Advance(_desk.Terms.Term);
        Assert.Null(_away.Double(inHand: 1));
        Assert.Equal((Stage, new TileIndex(4, 0)), _away.Double(inHand: 0));
        Assert.Null(_away.Double(inHand: 1));
        Assert.Equal((Stage, new TileIndex(5, 0)), _away.Double(inHand: 0));

        // Whoever is first: others need not answer what is done here, and what they have answered is not taken twice.
        _away.Done(Stage, new(4, 0));
        Assert.Equal([4], _share.Withdrawn);
        Assert.Null(TakeIn(4));
        Assert.Equal(new TilesAway.Taken(Stage, new(5, 0), null, IsAtDevice: true), TakeIn(5));
        Assert.Equal(new TilesAway.Taken(Stage, new(6, 0), null, IsAtDevice: false), TakeIn(6));
    }

    [Fact]
    public void A_device_that_stands_still_does_at_once_what_others_have_begun()
    {
        GiveAway(8);
        Assert.Equal((Stage, new TileIndex(4, 0)), _away.Double(inHand: 3));
        _desk.Load.Add(4);
        Assert.Null(_away.Double(inHand: 3));
    }

    public void Dispose() => _made.Dispose();

    private void GiveAway(int tiles) => _away.GiveAway(
        new(Enumerable.Range(0, tiles).Select(column => (Stage, new TileIndex(column, 0)))), inFlight: 0);

    private TilesAway.Taken? TakeIn(int number) =>
        _away.TakeIn(new WorkedTile((UInt128)number, null, NeededNoModel: false, new()), (_, _) => (UInt128)number);

    private sealed class Share(TileDesk desk) : ITileShare
    {
        public List<int> Offered { get; } = [];

        public List<int> Withdrawn { get; } = [];

        public TileDesk Desk => desk;

        public SceneLoad Load { get; } = new(new DeviceLoad(new(1, 4, 32)));

        public void Offer(TileOrder order) => Offered.Add((int)order.Number);

        public void Withdraw(UInt128 number) => Withdrawn.Add((int)number);

        public Task EndAsync() => Task.CompletedTask;
    }
}
