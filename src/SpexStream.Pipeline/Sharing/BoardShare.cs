using System.Collections.Immutable;
using System.Globalization;
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
    private readonly Dictionary<UInt128, TileOrder> _toOffer = [];
    private readonly HashSet<UInt128> _standing = [];
    private readonly HashSet<UInt128> _toWithdraw = [];
    private readonly HashSet<string> _files = [];
    private Task _running = Task.CompletedTask;
    private bool _hasBegun;

    /// <summary>Whether earlier owners of the scene may have left something on the board or in the folder.</summary>
    public bool HasHeirloom { get; init; }

    public int Others => desk.Others();

    public int Devices => desk.Devices;

    public int Batch => desk.Batch;

    public void Offer(TileOrder order)
    {
        lock (_lock)
        {
            _toWithdraw.Remove(order.Number);
            _toOffer[order.Number] = order;
            if (!_hasBegun)
            {
                (_hasBegun, _running) = (true, RunAsync());
            }
        }

        _changed.Ring();
    }

    public void Withdraw(UInt128 number)
    {
        lock (_lock)
        {
            // It may be on its way to the board right now.
            _toOffer.Remove(number);
            _toWithdraw.Add(number);
        }

        _changed.Ring();
    }

    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        desk.Count(-_standing.Count);
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
                if (!await TryAsync(TellAsync))
                {
                    continue;
                }

                if (_standing.Count == 0)
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
        ImmutableArray<TileOrder> orders;
        ImmutableArray<UInt128> gone;
        lock (_lock)
        {
            (orders, gone) = ([.. _toOffer.Values], [.. _toWithdraw]);
        }

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

        lock (_lock)
        {
            var before = _standing.Count;
            foreach (var order in orders)
            {
                _standing.Add(order.Number);
                if (_toOffer.GetValueOrDefault(order.Number) == order)
                {
                    _toOffer.Remove(order.Number);
                }
            }

            _standing.ExceptWith(gone);
            _toWithdraw.ExceptWith(gone);
            desk.Count(_standing.Count - before);
        }
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
            var number = UInt128.Parse(result.Number, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var (answer, needed, file) = await ReadAsync(result, number);
            var message = new WorkedTile(
                number, answer, needed, new(TaskCreationOptions.RunContinuationsAsynchronously));
            while (!mailbox.TryPut(message))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), desk.Time, _stop.Token);
            }

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

    private async Task<(TileAnswer? Answer, bool NeededNoModel, string? File)> ReadAsync(
        TileResult result, UInt128 number)
    {
        if (result.IsGivenUp)
        {
            return default;
        }

        var (record, needed, file) = TileReply.Read(result.Result) switch
        {
            TileReply.Answer reply => (reply.Record, reply.NeededNoModel, null),
            TileReply.InFile reply => (await TryReadAsync(reply.Name), reply.NeededNoModel, reply.Name),
            _ => ((byte[]?)null, false, (string?)null),
        };
        try
        {
            return (
                record is not null && RecordFile.IsWhole(record, TileRecord.Mark)
                && TileRecord.Head(record).Basis == number ? TileRecord.Read(record) : null, needed, file);
        }
        catch (Exception damaged) when (
            damaged is InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            // Sealed, and yet none: the owner answers itself.
            return (null, false, file);
        }
    }

    private async Task<byte[]?> TryReadAsync(string name)
    {
        try
        {
            return await desk.Files.ReadAsync(scene, name, _stop.Token);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // The owner answers itself.
            return null;
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
