using SpexStream.Domain.Identity;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Sharing;
using Xunit;

namespace SpexStream.Tests.Sharing;

/// <summary>Tiles of others that a node has claimed, and how they go back.</summary>
public sealed class HeldClaimsTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly MadeDesk _made = new();
    private readonly CancellationTokenSource _helping = new();
    private readonly Dispatcher _dispatcher = new();
    private readonly HeldClaims _held;

    public HeldClaimsTests() => _held = new(_made.Open(), _dispatcher);

    [Fact]
    public async Task What_is_not_done_when_the_helping_ends_goes_back_and_so_does_what_is_claimed_after_that()
    {
        var keeping = _held.KeepAsync(_helping.Token);
        await _held.AddAsync(Tile(1), _ => Task.CompletedTask);
        await _held.AddAsync(Tile(2), begin => begin);
        _held.Remove(1);
        await _helping.CancelAsync();
        await keeping.WaitAsync(Soon);
        Assert.Equal(["return 2"], _made.Board.Asked);
        _held.Remove(2);

        // The board gave it out at that very moment.
        var late = Tile(3);
        await _held.AddAsync(late, async begin =>
        {
            await begin;
            await late.Said;
        });
        Assert.True(late.IsClosed);
        Assert.Equal(["return 2", "return 3"], _made.Board.Asked);
        Assert.Equal(2, _dispatcher.Dropped);
    }

    [Fact]
    public async Task A_claim_that_could_not_be_renewed_is_anothers_and_does_not_go_back()
    {
        var keeping = _held.KeepAsync(_helping.Token);
        var lost = Tile(1);
        await _held.AddAsync(lost, _ => Task.CompletedTask);
        // This board renews nothing.
        await BoardInMemory.Try(
            () =>
            {
                _made.Clock.Advance(new LeaseTerms().RenewAfter);
                return lost.IsClosed;
            },
            Soon);
        await _helping.CancelAsync();
        await keeping.WaitAsync(Soon);
        Assert.Equal(["return "], _made.Board.Asked);
    }

    [Fact]
    public async Task What_nobody_foresaw_gives_all_back_and_is_heard()
    {
        var keeping = _held.KeepAsync(_helping.Token);
        await _held.AddAsync(Tile(1), begin => begin);
        _made.Board.RenewFault = new InvalidOperationException("odd");
        await BoardInMemory.Try(
            () =>
            {
                _made.Clock.Advance(new LeaseTerms().RenewAfter);
                return keeping.IsCompleted;
            },
            Soon);
        await Assert.ThrowsAsync<InvalidOperationException>(() => keeping);
        Assert.Equal(["return 1"], _made.Board.Asked);
        Assert.True(_held.HasEnded);
    }

    public void Dispose()
    {
        _helping.Dispose();
        _made.Dispose();
    }

    private static OrderedTile Tile(long ticket) =>
        new(new TileClaim(SceneId.Parse("made"), 1, new($"n{ticket}", default), ticket, 1));

    private sealed class Dispatcher : ITileDispatcher
    {
        public int Dropped { get; private set; }

        public bool TryOffer(ITileJob job) => false;

        public void TakeBack(ITileJob job)
        {
        }

        public void DropUnwanted() => Dropped++;
    }
}
