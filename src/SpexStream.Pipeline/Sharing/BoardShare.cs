using System.Collections.Immutable;
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
    private readonly Lock _lock = new();
    private readonly Bell _changed = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(abandoned);
    private readonly BoardWishes _wishes = new();
    private readonly ReplyReader _replies = new(desk.Files, scene);
    private readonly OrderPacker _packer = new(desk, scene);
    private readonly IdleDevices _idle = new();
    private Task _running = Task.CompletedTask;
    private volatile bool _hasBegun;

    /// <summary>Whether earlier owners of the scene may have left something on the board or in the folder.</summary>
    public bool HasHeirloom { get; init; }

    /// <summary>Whether anything was to be put on the board.</summary>
    public bool HasBegun => _hasBegun;

    public TileDesk Desk => desk;

    public SceneLoad Load { get; } = new(desk.Load);

    public void Offer(TileOrder order)
    {
        _wishes.Offer(order);
        lock (_lock)
        {
            if (!_hasBegun)
            {
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

    /// <summary>The scene.</summary>
    public SceneId Scene => scene;

    /// <summary>What the scene can take back; null when nothing of it stands on the board, or its devices may have no
    /// more of it.</summary>
    public SceneRoom? Room => Load.Room is > 0 and var room && _wishes.HasStanding
        ? new(scene, epoch, room) : null;

    /// <summary>A tile was taken back from the board: the scene hears of it. Others are kept from it for a while; a
    /// scene that has no room for it now has it when they have it again. Gives whether it has it.</summary>
    public bool HandBack(UInt128 number)
    {
        Load.Expect(number);
        var isPut = mailbox.TryPut(Unanswered(number));
        if (isPut)
        {
            Withdraw(number);
        }
        else
        {
            Load.Came(number);
        }

        return isPut;
    }

    /// <summary>The scene may give its devices more of what waits for them.</summary>
    public void TellLacking()
    {
        if (Load.HasWaiting)
        {
            _idle.Tell(mailbox);
        }
    }

    /// <summary>The scene may double what others have begun.</summary>
    public void TellIdle()
    {
        if (_wishes.HasStanding)
        {
            _idle.Tell(mailbox);
        }
    }

    public async Task EndAsync()
    {
        desk.Remove(this);
        Load.End();
        await _stop.CancelAsync();
        await _running;
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
                try
                {
                    await GoOnAsync();
                }
                catch (Exception fault) when (fault is not StaleEpochException && !_stop.IsCancellationRequested)
                {
                    // The top of the sharing: whatever it is, the scene does itself what is away, and shares again
                    // after a while.
                    desk.TellBroken(scene, fault);
                    await TakeBackAsync(_wishes.TakeAllBack());
                    await Task.Delay(desk.Terms.AskAgainAfter, desk.Time, _stop.Token);
                }
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The scene is over: it waits for nothing that breaks now.
        }
        catch (StaleEpochException)
        {
            // Another node has it; the scene hears of that by itself.
        }
    }

    private async Task GoOnAsync()
    {
        var changed = _changed.Next;
        if (!await TryAsync(TellAsync))
        {
            // Without others the owner does all itself; what stands there all the same is done twice.
            await TakeBackAsync(_wishes.TakeBack());
        }
        else if (!_wishes.HasStanding)
        {
            await changed.WaitAsync(_stop.Token);
        }
        else if (await CollectAsync() == 0)
        {
            await WaitAsync(changed);
        }
    }

    // Nobody else has them, so the scene gets them, however full its mailbox is now.
    private async Task TakeBackAsync(ImmutableArray<UInt128> numbers)
    {
        foreach (var number in numbers)
        {
            Load.Expect(number);
            await PutAsync(Unanswered(number));
            Withdraw(number);
        }
    }

    private async Task WaitAsync(Task changed)
    {
        using var other = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var answers = desk.Ports.Board.WaitForAnswersAsync(scene, epoch, other.Token).AsTask();
        // What was claimed in vain too often is told to nobody.
        var late = Task.Delay(desk.Terms.Term, desk.Time, other.Token);
        if (await Task.WhenAny(changed, answers, late) == late)
        {
            // What others have begun long ago the scene may do itself.
            TellIdle();
        }

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
                offers.Add(new(ITileShare.NameOf(order.Number), await _packer.PackAsync(order, _stop.Token)));
            }

            await desk.Ports.Board.OfferAsync(scene, epoch, [.. offers], _stop.Token);
        }

        if (!gone.IsEmpty)
        {
            await desk.Ports.Board.WithdrawAsync(scene, epoch, Names(gone), _stop.Token);
        }

        _wishes.Written(orders, gone);
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
            var message = new WorkedTile(
                number, answer, needed, new(TaskCreationOptions.RunContinuationsAsynchronously));
            await PutAsync(message);
            await message.Taken.Task.WaitAsync(_stop.Token);
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

    private static WorkedTile Unanswered(UInt128 number) => new(number, null, NeededNoModel: false, new());

    private async Task PutAsync(WorkedTile message)
    {
        while (!mailbox.TryPut(message))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), desk.Time, _stop.Token);
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
            // Of the journal the leases say it.
            if (fault is not JournalException)
            {
                desk.TellFolder(fault);
            }

            _packer.Forget();
            await Task.Delay(desk.Terms.AskAgainAfter, desk.Time, _stop.Token);
            return false;
        }
    }

    private static ImmutableArray<string> Names(IEnumerable<UInt128> numbers) => [.. numbers.Select(ITileShare.NameOf)];
}
