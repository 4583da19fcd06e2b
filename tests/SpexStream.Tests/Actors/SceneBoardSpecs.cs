using SpexStream.Actors.Scenes;
using SpexStream.Domain.Identity;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>The places for open scenes.</summary>
public sealed class SceneBoardSpecs
{
    private readonly SceneBoard _board = new(2);

    [Fact]
    public async Task Places_are_given_in_the_order_of_the_askers_and_go_to_the_next_when_they_are_free()
    {
        using var first = await EnterAsync("first");
        var second = await EnterAsync("second");
        var (third, fourth) = (EnterAsync("third"), EnterAsync("fourth"));
        Assert.False(third.IsCompleted || fourth.IsCompleted);
        second.Dispose();
        await third;
        Assert.False(fourth.IsCompleted);
        Assert.True(second.Left.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Two_lives_of_one_scene_have_no_place_at_the_same_time_and_others_get_past()
    {
        var life = await EnterAsync("one");
        var next = EnterAsync("one");
        using var other = await EnterAsync("two");
        Assert.False(next.IsCompleted);
        life.Dispose();
        await next;
    }

    [Fact]
    public async Task Who_gives_up_gets_no_place_and_keeps_none_from_others()
    {
        var (first, second) = (await EnterAsync("first"), await EnterAsync("second"));
        using var stop = new CancellationTokenSource();
        var gone = _board.EnterAsync(SceneId.Parse("gone"), stop.Token);
        var next = EnterAsync("next");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        first.Dispose();
        await next;
        second.Dispose();
        Assert.Equal("next", Assert.Single(_board.Taken).Scene.Value);
    }

    [Fact]
    public async Task A_scene_that_is_held_gets_no_place_and_one_that_has_or_awaits_one_is_not_held()
    {
        var hold = _board.TryHold(SceneId.Parse("held"));
        Assert.NotNull(hold);
        Assert.Null(_board.TryHold(SceneId.Parse("held")));
        var waiting = EnterAsync("held");
        using var open = await EnterAsync("open");
        Assert.Null(_board.TryHold(SceneId.Parse("open")));
        Assert.False(waiting.IsCompleted);
        hold.Dispose();
        await waiting;
        Assert.Null(_board.TryHold(SceneId.Parse("held")));
    }

    private Task<ScenePlace> EnterAsync(string scene) =>
        _board.EnterAsync(SceneId.Parse(scene), CancellationToken.None);
}
