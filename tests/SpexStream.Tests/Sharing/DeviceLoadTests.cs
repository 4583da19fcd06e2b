using SpexStream.Pipeline.Sharing;
using Xunit;

namespace SpexStream.Tests.Sharing;

/// <summary>What the devices of a node have to do, all scenes together.</summary>
public sealed class DeviceLoadTests
{
    private readonly DeviceLoad _node = new(new(1, 4, 32));

    [Theory]
    [InlineData(9, 8, false)]
    [InlineData(8, 7, true)]
    [InlineData(7, 5, false)]
    [InlineData(5, 3, true)]
    [InlineData(3, 0, false)]
    [InlineData(0, 8, false)]
    public void It_rings_when_tiles_begin_to_be_lacking_and_when_a_device_begins_to_stand_still(
        int before, int after, bool rings)
    {
        _node.Add(before);
        var rung = _node.Eased.Next;
        _node.Add(after - before);
        Assert.Equal(rings, rung.IsCompleted);
        Assert.Equal(Math.Max(0, 8 - after), _node.Lacking);
    }

    [Fact]
    public void Scenes_count_while_they_have_tiles_for_the_devices_and_what_comes_back_is_theirs_already()
    {
        var (one, other) = (new SceneLoad(_node), new SceneLoad(_node));
        one.Set(3, 0);
        other.Set(1, 0);
        Assert.Equal((4, 2), (_node.Tiles, _node.Scenes));
        one.Set(0, 0);
        one.Expect(7);
        one.Expect(8);
        Assert.Equal((3, 1), (_node.Tiles, _node.Scenes));
        one.Came(8);
        one.Came(8);
        one.Set(1, 5);
        Assert.Equal((3, 2), (_node.Tiles, _node.Scenes));
        // What waits here need not be fetched.
        Assert.Equal((5, 0), (_node.Lacking, _node.ToFetch));
    }

    [Fact]
    public void What_waits_behind_a_scenes_share_of_the_devices_does_not_keep_others_from_them()
    {
        var node = new DeviceLoad(new(8, 4, 32));
        var (one, other) = (new SceneLoad(node), new SceneLoad(node));
        one.Set(32, 100);
        Assert.Equal((32, 32, false), (node.Lacking, node.ToFetch, one.HasWaiting));
        one.Set(30, 100);
        other.Expect(1);
        Assert.Equal((33, 31, true), (node.Lacking, node.ToFetch, one.HasWaiting));
        // It needs nothing from elsewhere, the other may have as much as the devices take of one.
        Assert.Equal((0, 31), (one.Room, other.Room));
    }

    [Fact]
    public void It_rings_when_what_waits_here_comes_to_its_end()
    {
        _node.Add(8, 1);
        var rung = _node.Eased.Next;
        _node.Add(0, -1);
        Assert.False(rung.IsCompleted);
        _node.Add(2, 3);
        _node.Add(-4, 0);
        rung = _node.Eased.Next;
        _node.Add(0, -2);
        Assert.True(rung.IsCompleted);
        Assert.Equal(1, _node.ToFetch);
    }

    [Fact]
    public void A_scene_that_is_over_has_nothing_and_what_comes_late_changes_nothing()
    {
        var scene = new SceneLoad(_node);
        scene.Set(3, 2);
        scene.Expect(1);
        scene.End();
        Assert.Equal((0, 0, 8), (_node.Tiles, _node.Scenes, _node.ToFetch));
        scene.Expect(2);
        scene.Set(2, 1);
        scene.End();
        Assert.Equal((0, 0, 8), (_node.Tiles, _node.Scenes, _node.ToFetch));
    }
}
