using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Sharing;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Sharing;

/// <summary>What the owner of a scene puts on the board, and what it leaves there.</summary>
public sealed class BoardShareTests : IDisposable
{
    private static readonly SceneId Scene = SceneId.Parse("made");
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder = new();
    private readonly SpexMeter _meter = new();
    private readonly BoardInMemory _board = new();
    private readonly List<string> _told = [];

    [Fact]
    public async Task A_folder_that_takes_no_files_is_told_of_once_and_again_when_it_has_taken_one()
    {
        await File.WriteAllTextAsync(_folder["tiles"], "no folder");
        var share = Open();
        share.Offer(Large(1));
        await _board.Until(() => Told() == 1, Soon);
        share.Offer(Large(2));
        File.Delete(_folder["tiles"]);
        await _board.Until(() => _board.Offered.Count == 2, Soon);
        Assert.Equal(1, Told());
        await share.EndAsync();
        Assert.Contains("takes no files", _told[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    public async Task Who_closes_a_scene_clears_what_its_owners_left(bool heirloom, bool abandoned, bool clears)
    {
        Directory.CreateDirectory(_folder["tiles/made"]);
        await Open(heirloom, new CancellationToken(abandoned)).EndAsync();
        Assert.Equal(clears ? 1 : 0, _board.Cleared);
        Assert.Equal(!clears, Directory.Exists(_folder["tiles/made"]));
    }

    public void Dispose()
    {
        _meter.Dispose();
        _folder.Dispose();
    }

    private BoardShare Open(bool heirloom = false, CancellationToken abandoned = default)
    {
        var ports = new TileSharingPorts { Board = _board, Folder = _folder["tiles"], OnRefused = Note };
        var terms = new LeaseTerms { AskAgainAfter = TimeSpan.FromMilliseconds(1) };
        return new(
            new TileDesk(ports, terms, _meter, TimeProvider.System), Scene, 1, new OrderedTile(null!), abandoned)
        {
            HasHeirloom = heirloom,
        };
    }

    private void Note(string line)
    {
        lock (_told)
        {
            _told.Add(line);
        }

        _board.Ring();
    }

    private int Told()
    {
        lock (_told)
        {
            return _told.Count;
        }
    }

    private static TileOrder Large(ulong number) => new()
    {
        Scene = Scene,
        Stage = new(0, 0),
        Tile = new TileIndex(0, 0),
        Number = number,
        Surveys = [.. new byte[5000]],
    };
}
