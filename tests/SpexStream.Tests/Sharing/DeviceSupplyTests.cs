using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Sharing;
using Xunit;

namespace SpexStream.Tests.Sharing;

/// <summary>Where devices that lack tiles get them from, and in which order.</summary>
public sealed class DeviceSupplyTests : IDisposable
{
    private static readonly SceneId Scene = SceneId.Parse("made");
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly MadeDesk _made = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stopHelping = new();

    private BoardInMemory Board => _made.Board;

    [Fact]
    public async Task Devices_that_have_enough_fetch_nothing_and_those_that_lack_some_ask_for_what_is_their_own_first()
    {
        var mailbox = new MailboxInMemory(Board.Ring);
        var (desk, share) = await SharedAsync(mailbox);
        desk.Load.Add(8);
        var supplying = Supply(desk);
        Assert.Empty(Board.Asked);
        desk.Load.Add(-3);
        // Two are its own, and nobody has another one; but the device has something to do.
        await Board.Until(() => Board.Asked.Count > 1 && mailbox.Of<WorkedTile>().Count > 1, Soon);
        Assert.Equal(["reclaim 3", "claim 1 but of made"], Board.Asked.Take(2));
        Assert.Empty(mailbox.Of<IdleDevices>());
        // It stands still: the scene may double what others do.
        desk.Load.Add(-5);
        await Board.Until(() => mailbox.Of<IdleDevices>().Count > 0, Soon);
        await EndAsync(supplying, share);
    }

    [Fact]
    public async Task What_a_scene_has_in_hand_is_not_fetched_and_the_scene_is_told_to_give_it()
    {
        var mailbox = new MailboxInMemory(Board.Ring);
        var (desk, share) = await SharedAsync(mailbox);
        share.Load.Set(5, 4);
        var supplying = Supply(desk);
        await Board.Until(() => mailbox.Of<IdleDevices>().Count > 0, Soon);
        Assert.Empty(Board.Asked);
        await EndAsync(supplying, share);
    }

    [Fact]
    public async Task A_node_that_helps_no_more_goes_on_to_take_back_what_is_its_own()
    {
        var mailbox = new MailboxInMemory(Board.Ring);
        var (desk, share) = await SharedAsync(mailbox);
        await _stopHelping.CancelAsync();
        var supplying = Supply(desk);
        await Board.Until(() => mailbox.Of<WorkedTile>().Count == 2, Soon);
        await EndAsync(supplying, share);
        Assert.DoesNotContain(Board.Asked, asked => asked.StartsWith("claim", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_board_that_does_not_answer_is_asked_again_after_a_while()
    {
        var mailbox = new MailboxInMemory(Board.Ring);
        var (desk, share) = await SharedAsync(mailbox);
        Board.Fault = new JournalBusyException("away");
        var supplying = Supply(desk);
        await Board.Until(() => Board.Asked.Count == 1, Soon);
        Board.Fault = null;
        await BoardInMemory.Try(
            () =>
            {
                _made.Clock.Advance(desk.Terms.AskAgainAfter);
                return mailbox.Of<WorkedTile>().Count == 2;
            },
            Soon);
        await EndAsync(supplying, share);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _stopHelping.Dispose();
        _made.Dispose();
    }

    private async Task<(TileDesk Desk, BoardShare Share)> SharedAsync(MailboxInMemory mailbox)
    {
        var desk = _made.Open();
        var share = desk.Add(new BoardShare(desk, Scene, 1, mailbox, CancellationToken.None));
        Board.Begun.Add(ITileShare.NameOf(3));
        share.Offer(Order(1));
        share.Offer(Order(2));
        share.Offer(Order(3));
        await Board.Until(() => Board.Standing.Length == 3, Soon);
        // And the share knows that they stand.
        await BoardInMemory.Try(
            () =>
            {
                desk.TellIdle();
                return mailbox.Of<IdleDevices>().Count > 0;
            },
            Soon);
        mailbox.Forget();
        return (desk, share);
    }

    private Task Supply(TileDesk desk) => new DeviceSupply(
        desk, new TileHelper(desk, null!, null!, _stopHelping.Token)).RunAsync(_stop.Token);

    private async Task EndAsync(Task supplying, BoardShare share)
    {
        await _stop.CancelAsync();
        await supplying;
        await share.EndAsync();
    }

    private static TileOrder Order(ulong number) => new()
    {
        Scene = Scene,
        Stage = new(0, 0),
        Tile = new TileIndex(0, 0),
        Number = number,
        Surveys = [],
    };
}
