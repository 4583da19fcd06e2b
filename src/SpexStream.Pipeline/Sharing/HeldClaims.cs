using System.Collections.Immutable;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Leases;

namespace SpexStream.Pipeline.Sharing;

/// <summary>The tiles of others that this node has claimed: keeps the claims alive, and gives them back. Safe for use
/// from several threads.</summary>
/// <param name="desk">What sharing has in common.</param>
/// <param name="dispatcher">This node's devices.</param>
internal sealed class HeldClaims(TileDesk desk, ITileDispatcher dispatcher)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, (OrderedTile Tile, Task Work)> _held = [];
    private bool _hasEnded;

    /// <summary>Whether everything goes back at once.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_lock)
            {
                return _hasEnded;
            }
        }
    }

    /// <summary>A tile was claimed; goes back at once when everything has ended meanwhile.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="work">Works on it, from the moment on that it is given.</param>
    public async Task AddAsync(OrderedTile tile, Func<Task, Task> work)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var working = work(begin.Task);
        bool isLate;
        lock (_lock)
        {
            isLate = _hasEnded;
            _held[tile.Claim.Ticket] = (tile, working);
        }

        begin.SetResult();
        if (isLate)
        {
            await GiveBackAsync();
        }
    }

    /// <summary>A tile is done with.</summary>
    public void Remove(long ticket)
    {
        lock (_lock)
        {
            _held.Remove(ticket);
        }
    }

    /// <summary>Keeps claims alive until cancelled, and gives back then what is not done. Claims that could not be
    /// renewed are another's.</summary>
    public async Task KeepAsync(CancellationToken helping)
    {
        using var timer = new PeriodicTimer(desk.Terms.RenewAfter, desk.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(helping))
            {
                await RenewAsync(helping);
            }
        }
        catch (OperationCanceledException) when (helping.IsCancellationRequested)
        {
            // The helping ends.
        }
        finally
        {
            lock (_lock)
            {
                _hasEnded = true;
            }

            await GiveBackAsync();
        }
    }

    private async Task RenewAsync(CancellationToken helping)
    {
        ImmutableArray<TileClaim> claims = [.. All().Select(held => held.Tile.Claim)];
        if (claims.IsEmpty)
        {
            return;
        }

        try
        {
            var alive = await desk.Ports.Board.RenewAsync(claims, desk.Terms.Term, helping);
            foreach (var lost in claims.Where(claim => !alive.Contains(claim.Ticket)))
            {
                Drop(lost.Ticket);
            }
        }
        catch (JournalException)
        {
            // An answer of a claim that has expired is refused.
        }
    }

    private void Drop(long ticket)
    {
        (OrderedTile Tile, Task Work) held;
        lock (_lock)
        {
            if (!_held.Remove(ticket, out held))
            {
                return;
            }
        }

        held.Tile.Close();
        dispatcher.DropUnwanted();
    }

    private async Task GiveBackAsync()
    {
        var held = All();
        foreach (var (tile, _) in held)
        {
            tile.Close();
        }

        dispatcher.DropUnwanted();
        await Task.WhenAll(held.Select(claimed => claimed.Work))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            using var limit = new CancellationTokenSource(desk.Terms.Term, desk.Time);
            await desk.Ports.Board.ReturnAsync([.. held.Select(claimed => claimed.Tile.Claim)], limit.Token);
        }
        catch (Exception fault) when (fault is JournalException or OperationCanceledException)
        {
            // They expire.
        }
    }

    private ImmutableArray<(OrderedTile Tile, Task Work)> All()
    {
        lock (_lock)
        {
            return [.. _held.Values];
        }
    }
}
