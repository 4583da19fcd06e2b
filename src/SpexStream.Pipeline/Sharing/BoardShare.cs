using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Leases;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>The tiles of one scene on the board: what the scene's loop wants there is written by a loop of its own,
/// which fetches the replies, too. Ends when the scene does, or when another node has it.</summary>
internal sealed class BoardShare(
    TileDesk desk, SceneId scene, long epoch, ISceneMailbox mailbox, CancellationToken abandoned) : ITileShare
{
    private const int Page = 8;
    private const int MostInline = 4096;
    private readonly Lock _lock = new();
    private readonly Bell _changed = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(abandoned);
    private readonly BoardWishes _wishes = new();
    private readonly ReplyReader _replies = new(desk.Files, scene);
    private readonly ConcurrentQueue<UInt128> _reclaimed = new();
    private readonly HashSet<string> _files = [];
    private Task _running = Task.CompletedTask;
    private bool _hasBegun;
    private volatile bool _hasIdleDevices;

    /// <summary>Whether earlier owners of the scene may have left something on the board or in the folder.</summary>
    public bool HasHeirloom { get; init; }

    public TileDesk Desk => desk;

    public SceneLoad Load { get; } = new(desk.Load);

    public void Offer(TileOrder order)
    {
        _wishes.Offer(order);
        lock (_lock)
        {
            if (!_hasBegun)
            {
                desk.Add(this, scene);
                (_hasBegun, _running) = (true, RunAsync());
            }
        }

        _changed.Ring();
    }

    public void Withdraw(UInt128 number)
    {
        _wishes.Withdraw(number);
        _changed.Ring();
    }

    /// <summary>Takes tiles back from the board that nobody has begun; the scene hears of them. Gives how
    /// many.</summary>
    /// <exception cref="JournalException">The board did not answer.</exception>
    public async Task<int> ReclaimAsync(int max, CancellationToken cancellation)
    {
        if (!_wishes.HasStanding)
        {
            return 0;
        }

        var names = await desk.Ports.Board.ReclaimAsync(scene, epoch, max, desk.Terms.Term, cancellation);
        var back = names.Select(ITileShare.NumberOf).ToArray();
        Load.Expect(back);
        foreach (var number in back)
        {
            _reclaimed.Enqueue(number);
            _wishes.Withdraw(number);
        }

        _changed.Ring();
        return back.Length;
    }

    /// <summary>A device stands still, and there is nothing to fetch.</summary>
    public void TellIdle()
    {
        if (_wishes.HasStanding)
        {
            _hasIdleDevices = true;
            _changed.Ring();
        }
    }

    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _running;
        desk.Remove(this);
        Load.End();
        _stop.Dispose();
        if (!(_hasBegun || HasHeirloom) || abandoned.IsCancellationRequested)
        {
            // Whoever has the scene now takes over what stands on the board.
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(desk.Terms.Term, desk.Time);
            await desk.Ports.Board.ClearAsync(scene, epoch, limit.Token);
            desk.Files.Clear(scene);
        }
        catch (Exception fault) when (fault is JournalException or OperationCanceledException or IOException
            or UnauthorizedAccessException)
        {
            // Nobody claims what is of a closed scene; rows go when it is forgotten, files with retention.
        }
    }

    private async Task RunAsync()
    {
        // Begun under the lock, goes on outside of it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            while (true)
            {
                var changed = _changed.Next;
                await HandBackAsync();
                if (!await TryAsync(TellAsync))
                {
                    continue;
                }

                if (!_wishes.HasStanding)
                {
                    await changed.WaitAsync(_stop.Token);
                }
                else if (await CollectAsync() == 0)
                {
                    await WaitAsync(changed);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The scene is over.
        }
        catch (StaleEpochException)
        {
            // Another node has it; the scene hears of that by itself.
        }
    }

    private async Task WaitAsync(Task changed)
    {
        using var other = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var answers = desk.Ports.Board.WaitForAnswersAsync(scene, epoch, other.Token).AsTask();
        // What was claimed in vain too often is told to nobody.
        await Task.WhenAny(changed, answers, Task.Delay(desk.Terms.Term, desk.Time, other.Token));
        var isFaulted = answers.IsFaulted;
        await other.CancelAsync();
        await answers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isFaulted)
        {
            await Task.Delay(desk.Terms.AskAgainAfter, desk.Time, _stop.Token);
        }

        _stop.Token.ThrowIfCancellationRequested();
    }

    // Writes what the scene wants; forgotten only when it is written.
    private async Task TellAsync()
    {
        var (orders, gone) = _wishes.Open();
        if (!orders.IsEmpty)
        {
            var offers = new List<TileOffer>();
            foreach (var order in orders)
            {
                offers.Add(new(ITileShare.NameOf(order.Number), (await PackAsync(order)).Write()));
            }

            await desk.Ports.Board.OfferAsync(scene, epoch, [.. offers], _stop.Token);
        }

        if (!gone.IsEmpty)
        {
            await desk.Ports.Board.WithdrawAsync(scene, epoch, Names(gone), _stop.Token);
        }

        _wishes.Written(orders, gone);
    }

    private async Task<TileOrder> PackAsync(TileOrder order)
    {
        if (order.Surveys.Length <= MostInline)
        {
            return order;
        }

        // The same for all tiles of a batch.
        var name = $"{Convert.ToHexStringLower(SHA256.HashData(order.Surveys.AsSpan()))}.surveys";
        if (_files.Add(name))
        {
            await desk.Files.PutAsync(scene, name, order.Surveys.AsMemory(), _stop.Token);
            desk.TellFolder(null);
        }

        return order with { Surveys = [], SurveysFile = name };
    }

    private async Task<int> CollectAsync()
    {
        ImmutableArray<TileResult> results = [];
        await TryAsync(async () =>
            results = await desk.Ports.Board.CollectAsync(scene, epoch, Page, _stop.Token));
        foreach (var result in results)
        {
            var number = ITileShare.NumberOf(result.Number);
            var (answer, needed, file) = await _replies.ReadAsync(result, number, _stop.Token);
            await PutAsync(number, answer, needed);
            Withdraw(number);
            if (file is not null)
            {
                await TryAsync(() =>
                {
                    desk.Files.Delete(scene, file);
                    return Task.CompletedTask;
                });
            }
        }

        return results.Length;
    }

    private async Task PutAsync(UInt128 number, TileAnswer? answer, bool neededNoModel)
    {
        var message = new WorkedTile(
            number, answer, neededNoModel, new(TaskCreationOptions.RunContinuationsAsynchronously));
        while (!mailbox.TryPut(message))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), desk.Time, _stop.Token);
        }

        await message.Taken.Task.WaitAsync(_stop.Token);
    }

    private async Task HandBackAsync()
    {
        while (_reclaimed.TryDequeue(out var number))
        {
            await PutAsync(number, null, neededNoModel: false);
        }

        if (_hasIdleDevices)
        {
            _hasIdleDevices = false;
            // A full mailbox has enough to do.
            mailbox.TryPut(new IdleDevices());
        }
    }

    // False when the journal or the folder did not take it: asked again after a while.
    private async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException
            || (fault is JournalException and not StaleEpochException))
        {
            // Without others the owner does all itself. Of the journal the leases say it.
            if (fault is not JournalException)
            {
                desk.TellFolder(fault);
            }

            _files.Clear();
            await Task.Delay(desk.Terms.AskAgainAfter, desk.Time, _stop.Token);
            return false;
        }
    }

    private static ImmutableArray<string> Names(IEnumerable<UInt128> numbers) => [.. numbers.Select(ITileShare.NameOf)];
}
