using SpexStream.Domain.Grid;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Scenes;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pipeline;

public sealed class SceneMailboxTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualClock _clock = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void An_answer_for_which_there_is_no_room_is_an_error_and_never_lost_unseen()
    {
        var mailbox = new SceneMailbox(2);
        mailbox.Answer(new SceneMessage.Tick());
        mailbox.Answer(new SceneMessage.Tick());
        Assert.Throws<InvalidOperationException>(() => mailbox.Answer(new SceneMessage.Tick()));
        mailbox.Close();
        mailbox.Answer(new SceneMessage.Tick());
        Assert.Equal(2, mailbox.Depth);
    }

    [Fact]
    public void However_many_timers_fire_at_once_each_message_comes_and_half_of_the_room_stays_free()
    {
        var mailbox = new SceneMailbox(8);
        using var timers = new SceneTimers(mailbox, _clock);
        for (var i = 0; i < 100; i++)
        {
            timers.Later(Second, new SceneMessage.TryTile(new TileStage(0, 0), new TileIndex(i, 0)));
        }

        _clock.Advance(Second);
        Assert.Equal((4, 96), (mailbox.Depth, timers.Count));
        var seen = new HashSet<int>();
        for (var round = 0; round < 30; round++)
        {
            while (mailbox.TryTake() is SceneMessage.TryTile again)
            {
                Assert.True(seen.Add(again.Tile.Column));
            }

            _clock.Advance(Second);
        }

        Assert.Equal(100, seen.Count);
        Assert.Equal(0, timers.Count);
    }

    [Fact]
    public void Timers_of_a_scene_that_is_over_send_nothing()
    {
        var mailbox = new SceneMailbox(8);
        var timers = new SceneTimers(mailbox, _clock);
        timers.Later(Second, new SceneMessage.Tick());
        timers.Dispose();
        timers.Later(Second, new SceneMessage.Tick());
        _clock.Advance(Second);
        Assert.Equal(0, mailbox.Depth);
    }
}
