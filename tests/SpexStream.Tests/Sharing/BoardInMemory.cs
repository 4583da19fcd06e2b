using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Tests.Sharing;

/// <summary>A board that nobody else works on.</summary>
internal sealed class BoardInMemory : ITileBoard
{
    private readonly SemaphoreSlim _rung = new(0);
    private readonly Bell _work = new();
    private readonly Lock _lock = new();
    private readonly List<(SceneId Scene, string Number)> _standing = [];
    private readonly HashSet<string> _reclaimed = [];

    public HashSet<string> Offered { get; } = [];

    public int Cleared { get; private set; }

    /// <summary>What was asked of it, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Why it does not answer; null while it does.</summary>
    public JournalException? Fault { get; set; }

    /// <summary>Why answers cannot be fetched; null while they can.</summary>
    public Exception? CollectFault { get; set; }

    /// <summary>Why claims cannot be renewed; null while they can.</summary>
    public Exception? RenewFault { get; set; }

    /// <summary>What stands there and may be claimed.</summary>
    public ImmutableArray<string> Standing
    {
        get
        {
            lock (_lock)
            {
                return [.. _standing.Select(work => work.Number)];
            }
        }
    }

    /// <summary>What another node has begun.</summary>
    public HashSet<string> Begun { get; } = [];

    /// <summary>Something has happened that somebody may wait for.</summary>
    public void Ring() => _rung.Release();

    /// <summary>There may be work to claim.</summary>
    public void Announce() => _work.Ring();

    /// <summary>Waits until something holds.</summary>
    public async Task Until(Func<bool> holds, TimeSpan limit)
    {
        while (!holds())
        {
            Assert(await _rung.WaitAsync(limit));
        }
    }

    /// <summary>Tries again and again until something holds that nobody tells.</summary>
    public static Task Try(Func<bool> holds, TimeSpan limit) => Try(() => Task.FromResult(holds()), limit);

    /// <inheritdoc cref="Try(Func{bool}, TimeSpan)"/>
    public static async Task Try(Func<Task<bool>> holds, TimeSpan limit)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert(Stopwatch.GetElapsedTime(started) < limit);
            await pace.WaitForNextTickAsync();
        }
    }

    public ValueTask OfferAsync(
        SceneId scene, long epoch, ImmutableArray<TileOffer> offers, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            Offered.UnionWith(offers.Select(offer => offer.Number));
            _standing.AddRange(offers.Select(offer => (scene, offer.Number)));
        }

        Ring();
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<TileClaim>> ClaimAsync(
        int max, TimeSpan term, ImmutableArray<SceneId> except, CancellationToken cancellation = default)
    {
        Ask($"claim {max} but of {string.Join(", ", except)}");
        return Fault is { } fault ? throw fault : new([]);
    }

    public ValueTask<ImmutableArray<(SceneId Scene, string Number)>> ReclaimAsync(
        ImmutableArray<SceneRoom> scenes, int max, TimeSpan term, CancellationToken cancellation = default)
    {
        Ask($"reclaim {max}");
        if (Fault is { } fault)
        {
            throw fault;
        }

        lock (_lock)
        {
            ImmutableArray<(SceneId, string Number)> back =
            [
                .. scenes.SelectMany(own => _standing.AsEnumerable().Reverse()
                    .Where(work => work.Scene == own.Scene && !_reclaimed.Contains(work.Number)
                        && !Begun.Contains(work.Number))
                    .Take(own.Tiles)).Take(max),
            ];
            _reclaimed.UnionWith(back.Select(work => work.Number));
            return new(back);
        }
    }

    public ValueTask<ImmutableHashSet<long>> RenewAsync(
        ImmutableArray<TileClaim> claims, TimeSpan term, CancellationToken cancellation = default) =>
        RenewFault is { } fault ? throw fault : new([]);

    public ValueTask<bool> AnswerAsync(
        TileClaim claim, ReadOnlyMemory<byte> result, CancellationToken cancellation = default) => new(false);

    public ValueTask ReturnAsync(ImmutableArray<TileClaim> claims, CancellationToken cancellation = default)
    {
        Ask($"return {string.Join(", ", claims.Select(claim => claim.Ticket))}");
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<TileResult>> CollectAsync(
        SceneId scene, long epoch, int max, CancellationToken cancellation = default) =>
        CollectFault is { } fault ? throw fault : new([]);

    public ValueTask WithdrawAsync(
        SceneId scene, long epoch, ImmutableArray<string> numbers, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            _standing.RemoveAll(work => work.Scene == scene && numbers.Contains(work.Number));
        }

        Ring();
        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(SceneId scene, long epoch, CancellationToken cancellation = default)
    {
        Cleared++;
        return ValueTask.CompletedTask;
    }

    public Task WaitForWorkAsync(CancellationToken cancellation) => _work.Next.WaitAsync(cancellation);

    public async ValueTask WaitForAnswersAsync(SceneId scene, long epoch, CancellationToken cancellation) =>
        await Task.Delay(Timeout.Infinite, cancellation);

    private void Ask(string what)
    {
        Asked.Enqueue(what);
        Ring();
    }

    private static void Assert(bool hasCome) => Xunit.Assert.True(hasCome, "nothing has happened for too long");
}
