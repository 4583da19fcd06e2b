using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Scenes;
using SpexStream.Pipeline.Sharing;
using Xunit;

namespace SpexStream.Tests.Sharing;

/// <summary>What the owner of a scene puts on the board, and what it leaves there.</summary>
public sealed class BoardShareTests : IDisposable
{
    private static readonly SceneId Scene = SceneId.Parse("made");
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly MadeDesk _made = new();
    private readonly List<string> _told = [];

    private BoardInMemory Board => _made.Board;

    [Fact]
    public async Task A_folder_that_takes_no_files_is_told_of_once_and_what_could_not_be_offered_comes_back()
    {
        await File.WriteAllTextAsync(_made.Folder["tiles"], "no folder");
        var mailbox = new MailboxInMemory(Board.Ring);
        var share = Open(Desk(), mailbox);
        share.Offer(Large(1));
        await Board.Until(() => mailbox.Of<WorkedTile>().Count == 1, Soon);
        // However full the scene's mailbox is just then: nobody else has the tile.
        mailbox.Refusing = 3;
        share.Offer(Large(2));
        await Board.Until(() => mailbox.Of<WorkedTile>().Count == 2, Soon);
        Assert.Equal(0, mailbox.Refusing);
        Assert.Equal([(1, null), (2, null)], mailbox.Of<WorkedTile>().Select(back => ((int)back.Number, back.Answer)));
        File.Delete(_made.Folder["tiles"]);
        share.Offer(Large(3));
        await Board.Until(() => Board.Offered.Count == 1, Soon);
        Assert.Equal(1, Told());
        await share.EndAsync();
        Assert.Contains("takes no files", _told[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_foresaw_is_told_and_gives_the_scene_all_back_and_sharing_goes_on_after_a_while()
    {
        var desk = _made.Open(onRefused: Note);
        var mailbox = new MailboxInMemory(Board.Ring);
        var share = Open(desk, mailbox);
        Board.CollectFault = new InvalidOperationException("odd");
        share.Offer(Small(1));
        await Board.Until(() => mailbox.Of<WorkedTile>().Count == 1 && Told() == 1, Soon);
        Assert.Equal(((UInt128)1, null), (mailbox.Of<WorkedTile>()[0].Number, mailbox.Of<WorkedTile>()[0].Answer));
        Assert.Equal("Tiles of scene made are taken back from other nodes: odd", _told[0]);
        Board.CollectFault = null;
        share.Offer(Small(2));
        await BoardInMemory.Try(
            () =>
            {
                _made.Clock.Advance(desk.Terms.Term);
                return Board.Standing is [var only] && only == ITileShare.NameOf(2);
            },
            Soon);
        await share.EndAsync();
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    public async Task Who_closes_a_scene_clears_what_its_owners_left(bool heirloom, bool abandoned, bool clears)
    {
        Directory.CreateDirectory(_made.Folder["tiles/made"]);
        await Open(heirloom, new CancellationToken(abandoned)).EndAsync();
        Assert.Equal(clears ? 1 : 0, Board.Cleared);
        Assert.Equal(!clears, Directory.Exists(_made.Folder["tiles/made"]));
    }

    [Fact]
    public async Task What_devices_lack_is_taken_back_and_counts_as_theirs_until_the_scene_has_it()
    {
        var mailbox = new MailboxInMemory(Board.Ring);
        var desk = Desk();
        var share = Open(desk, mailbox);
        Assert.Empty(desk.Given);
        share.Offer(Small(1));
        share.Offer(Small(2));
        await Board.Until(() => Board.Standing.Length == 2, Soon);
        Assert.Equal(Scene, Assert.Single(desk.Given));
        await BoardInMemory.Try(async () => await desk.ReclaimAsync(1, default) == 1, Soon);
        Assert.Equal(1, desk.Load.Tiles);
        var back = mailbox.Of<WorkedTile>()[0];
        Assert.Equal(((UInt128)2, null), (back.Number, back.Answer));
        await Board.Until(() => Board.Standing.Length == 1, Soon);
        share.Load.Came(2);
        Assert.Equal(0, desk.Load.Tiles);
        // There is one more, and then none.
        Assert.Equal(1, await desk.ReclaimAsync(5, default));
        await Board.Until(() => Board.Standing.IsEmpty, Soon);
        Assert.Equal(0, await desk.ReclaimAsync(5, default));
        await share.EndAsync();
        Assert.Equal(0, desk.Load.Tiles);
        Assert.Empty(desk.Given);
    }

    [Fact]
    public async Task Each_scene_has_back_what_is_its_own_and_no_more_than_its_devices_may_have_of_it()
    {
        var desk = Desk();
        var (mailbox, other) = (new MailboxInMemory(Board.Ring), new MailboxInMemory(Board.Ring));
        var share = Open(desk, mailbox);
        var sister = desk.Add(new BoardShare(desk, SceneId.Parse("other"), 1, other, CancellationToken.None));
        // Of the first there is room for one; the second is on the board alone.
        share.Load.Set(31, 0);
        share.Offer(Small(1));
        share.Offer(Small(2));
        sister.Offer(Small(3));
        await Board.Until(() => Board.Standing.Length == 3, Soon);
        await BoardInMemory.Try(() => share.Room is not null && sister.Room is not null, Soon);
        Assert.Equal(2, await desk.ReclaimAsync(3, default));
        Assert.Equal(((UInt128)2, (UInt128)3),
            (Assert.Single(mailbox.Of<WorkedTile>()).Number, Assert.Single(other.Of<WorkedTile>()).Number));
        Assert.Null(share.Room);
        Assert.Equal(["reclaim 3"], Board.Asked);
        await share.EndAsync();
        await sister.EndAsync();
    }

    [Fact]
    public async Task A_scene_that_has_not_looked_yet_is_told_once()
    {
        var mailbox = new SceneMailbox(64);
        var desk = Desk();
        var share = Open(desk, mailbox);
        share.Load.Set(1, 1);
        desk.TellLacking();
        desk.TellLacking();
        Assert.Equal(1, mailbox.Depth);
        Assert.IsType<IdleDevices>(mailbox.TryTake()).Taken();
        desk.TellLacking();
        Assert.Equal(1, mailbox.Depth);
        // What is beyond its share of the devices it cannot give them.
        Assert.IsType<IdleDevices>(mailbox.TryTake()).Taken();
        share.Load.Set(32, 5);
        desk.TellLacking();
        Assert.Equal(0, mailbox.Depth);
        await share.EndAsync();
    }

    [Fact]
    public async Task A_scene_hears_of_idle_devices_only_while_others_may_have_tiles_of_it()
    {
        var mailbox = new MailboxInMemory(Board.Ring);
        var desk = Desk();
        var share = Open(desk, mailbox);
        share.TellIdle();
        share.Offer(Small(1));
        await Board.Until(() => Board.Standing.Length == 1, Soon);
        Assert.Empty(mailbox.Of<IdleDevices>());
        await BoardInMemory.Try(
            () =>
            {
                desk.TellIdle();
                return mailbox.Of<IdleDevices>().Count > 0;
            },
            Soon);
        await share.EndAsync();
    }

    public void Dispose() => _made.Dispose();

    private BoardShare Open(bool heirloom = false, CancellationToken abandoned = default) =>
        Open(Desk(), new OrderedTile(null!), heirloom, abandoned);

    private static BoardShare Open(
        TileDesk desk, ISceneMailbox mailbox, bool heirloom = false, CancellationToken abandoned = default) =>
        desk.Add(new(desk, Scene, 1, mailbox, abandoned) { HasHeirloom = heirloom });

    private TileDesk Desk() =>
        _made.Open(TimeProvider.System, new LeaseTerms { AskAgainAfter = TimeSpan.FromMilliseconds(1) }, Note);

    private void Note(string line)
    {
        lock (_told)
        {
            _told.Add(line);
        }

        Board.Ring();
    }

    private int Told()
    {
        lock (_told)
        {
            return _told.Count;
        }
    }

    private static TileOrder Small(ulong number) => Large(number) with { Surveys = [] };

    private static TileOrder Large(ulong number) => new()
    {
        Scene = Scene,
        Stage = new(0, 0),
        Tile = new TileIndex(0, 0),
        Number = number,
        Surveys = [.. new byte[5000]],
    };
}
