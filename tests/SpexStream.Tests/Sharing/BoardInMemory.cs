using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Tests.Sharing;

/// <summary>A board that nobody works on.</summary>
internal sealed class BoardInMemory : ITileBoard
{
    private readonly SemaphoreSlim _rung = new(0);

    public HashSet<string> Offered { get; } = [];

    public int Cleared { get; private set; }

    /// <summary>Something has happened that somebody may wait for.</summary>
    public void Ring() => _rung.Release();

    /// <summary>Waits until something holds.</summary>
    public async Task Until(Func<bool> holds, TimeSpan limit)
    {
        while (!holds())
        {
            Assert(await _rung.WaitAsync(limit));
        }
    }

    public ValueTask OfferAsync(
        SceneId scene, long epoch, ImmutableArray<TileOffer> offers, CancellationToken cancellation = default)
    {
        Offered.UnionWith(offers.Select(offer => offer.Number));
        Ring();
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<TileClaim>> ClaimAsync(
        int max, TimeSpan term, CancellationToken cancellation = default) => new([]);

    public ValueTask<ImmutableHashSet<long>> RenewAsync(
        ImmutableArray<TileClaim> claims, TimeSpan term, CancellationToken cancellation = default) => new([]);

    public ValueTask<bool> AnswerAsync(
        TileClaim claim, ReadOnlyMemory<byte> result, CancellationToken cancellation = default) => new(false);

    public ValueTask ReturnAsync(ImmutableArray<TileClaim> claims, CancellationToken cancellation = default) =>
        ValueTask.CompletedTask;

    public ValueTask<ImmutableArray<TileResult>> CollectAsync(
        SceneId scene, long epoch, int max, CancellationToken cancellation = default) => new([]);

    public ValueTask WithdrawAsync(
        SceneId scene, long epoch, ImmutableArray<string> numbers, CancellationToken cancellation = default) =>
        ValueTask.CompletedTask;

    public ValueTask ClearAsync(SceneId scene, long epoch, CancellationToken cancellation = default)
    {
        Cleared++;
        return ValueTask.CompletedTask;
    }

    public Task WaitForWorkAsync(CancellationToken cancellation) => Task.Delay(Timeout.Infinite, cancellation);

    public async ValueTask WaitForAnswersAsync(SceneId scene, long epoch, CancellationToken cancellation) =>
        await Task.Delay(Timeout.Infinite, cancellation);

    private static void Assert(bool hasCome) => Xunit.Assert.True(hasCome, "nothing has happened for too long");
}
