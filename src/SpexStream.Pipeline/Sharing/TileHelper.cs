using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Leases;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>Works on tiles of other nodes' scenes while this node has little to do: claims them, keeps the claims
/// alive, hands the answers in, and gives back what is not done when it ends.</summary>
/// <param name="desk">What sharing has in common.</param>
/// <param name="bench">Makes jobs of orders.</param>
/// <param name="dispatcher">This node's devices.</param>
internal sealed class TileHelper(TileDesk desk, TileBench bench, ITileDispatcher dispatcher)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Sulks = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<long, (OrderedTile Tile, Task Work)> _held = new();
    private readonly Bell _changed = new();
    private long? _refusedAt;

    private ITileBoard Board => desk.Ports.Board;

    /// <summary>Helps until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var renewing = RenewAsync(cancellation);
        try
        {
            while (true)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                // Before the look, so that nothing is missed.
                Task[] news = [_changed.Next, Board.WaitForWorkAsync(stop.Token)];
                var isBusy = await ClaimAsync(cancellation);
                // A device that falls idle tells nobody.
                await Task.WhenAny([.. news, Task.Delay(isBusy ? LookAgain : desk.Terms.Term, desk.Time, stop.Token)]);
                await stop.CancelAsync();
                cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to stop: what is not done is given back.
        }

        await renewing;
        await EndAsync();
    }

    // Whether there is too much to do here to help now.
    private async Task<bool> ClaimAsync(CancellationToken cancellation)
    {
        if (desk.Others() == 0 || (_refusedAt is { } at && desk.Time.GetElapsedTime(at) < Sulks))
        {
            return false;
        }

        var room = TileSharing.Claims(dispatcher.Depth, _held.Count, desk.Devices, desk.Batch, desk.Away);
        if (room == 0)
        {
            return true;
        }

        try
        {
            foreach (var claim in await Board.ClaimAsync(room, desk.Terms.Term, cancellation))
            {
                var tile = new OrderedTile(claim);
                var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _held[claim.Ticket] = (tile, WorkAsync(tile, begin.Task, cancellation));
                begin.SetResult();
            }
        }
        catch (JournalException)
        {
            // Asked again after a while; the leases say that the journal is away.
        }

        return false;
    }

    private async Task WorkAsync(OrderedTile tile, Task begin, CancellationToken cancellation)
    {
        await begin;
        var isTaken = false;
        try
        {
            var reply = await AnswerAsync(tile, cancellation);
            isTaken = await Board.AnswerAsync(tile.Claim, reply.Write(), cancellation);
            if (reply is not TileReply.Refusal)
            {
                desk.CountShared(forOthers: true);
            }

            _held.TryRemove(tile.Claim.Ticket, out _);
        }
        catch (OperationCanceledException) when (tile.IsClosed || cancellation.IsCancellationRequested)
        {
            // The claim was lost, or is given back by whoever ends the helping.
        }
        catch (Exception fault) when (fault is JournalException or IOException or UnauthorizedAccessException)
        {
            // The claim expires, and somebody else does it.
            desk.Ports.OnRefused($"A tile of scene {tile.Claim.Scene} could not be handed in: {fault.Message}");
            _held.TryRemove(tile.Claim.Ticket, out _);
        }
        catch (Exception fault)
        {
            // The top of the work: whatever it is, the owner does the tile itself, and hears so now.
            _held.TryRemove(tile.Claim.Ticket, out _);
            desk.Ports.OnRefused($"A tile of scene {tile.Claim.Scene} is left to its owner: {fault.Message}");
            await TryRefuseAsync(tile.Claim, fault);
        }
        finally
        {
            if (!isTaken)
            {
                TryDelete(tile.Claim);
            }

            _changed.Ring();
        }
    }

    private async Task TryRefuseAsync(TileClaim claim, Exception fault)
    {
        try
        {
            using var limit = new CancellationTokenSource(desk.Terms.Term, desk.Time);
            await Board.AnswerAsync(claim, new TileReply.Refusal(fault.Message).Write(), limit.Token);
        }
        catch (Exception away) when (away is JournalException or OperationCanceledException)
        {
            // The claim expires.
        }
    }

    private void TryDelete(TileClaim claim)
    {
        try
        {
            desk.Files.Delete(claim.Scene, FileOf(claim));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It goes with the scene's folder.
        }
    }

    private static string FileOf(TileClaim claim) => $"{claim.Offer.Number}-{claim.Ticket}.tile";

    private async Task<TileReply> AnswerAsync(OrderedTile tile, CancellationToken cancellation)
    {
        var scene = tile.Claim.Scene;
        try
        {
            var order = TileOrder.Read(tile.Claim.Offer.Order);
            if (order.Scene != scene || ITileShare.NameOf(order.Number) != tile.Claim.Offer.Number)
            {
                throw new TileRefusedException(
                    "the order is of another tile than the board says", isOfAllOrders: false);
            }

            var (job, guest) = await bench.PrepareAsync(
                order, await SurveysAsync(order, cancellation), tile, cancellation);
            try
            {
                // There is room: claims are few, and come behind all that is this node's own.
                dispatcher.TakeBack(job);
                return await PackAsync(tile.Claim, await tile.Said, order, cancellation);
            }
            finally
            {
                await bench.LeaveAsync(guest);
            }
        }
        catch (TileRefusedException refused)
        {
            if (refused.IsOfAllOrders)
            {
                _refusedAt = desk.Time.GetTimestamp();
            }

            desk.Ports.OnRefused($"A tile of scene {scene} is left to its owner: {refused.Message}");
            return new TileReply.Refusal(refused.Message);
        }
    }

    private async Task<ImmutableArray<byte>> SurveysAsync(TileOrder order, CancellationToken cancellation)
    {
        if (order.SurveysFile is not { } file)
        {
            return order.Surveys;
        }

        try
        {
            return [.. await desk.Files.ReadAsync(order.Scene, file, cancellation)];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new TileRefusedException(
                $"what it needs does not lie in the shared folder: {gone.Message}", isOfAllOrders: false);
        }
    }

    private async Task<TileReply> PackAsync(
        TileClaim claim, SceneMessage said, TileOrder order, CancellationToken cancellation)
    {
        if (said is not SceneMessage.Classified { Answer: var answer } classified || answer.Basis != order.Number)
        {
            throw new TileRefusedException(
                said is SceneMessage.TileBroke broke ? broke.Fault.Message : "the model does not answer here",
                isOfAllOrders: false);
        }

        var record = TileRecord.Write(answer);
        RecordFile.Seal(record, TileRecord.Mark);
        var reply = new TileReply.Answer(record, classified.NeededNoModel);
        if (record.Length + 2 <= TileOffer.MaxBytes)
        {
            return reply;
        }

        var name = FileOf(claim);
        await desk.Files.PutAsync(claim.Scene, name, record, cancellation);
        return new TileReply.InFile(name, classified.NeededNoModel);
    }

    // Claims that could not be renewed are another's.
    private async Task RenewAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(desk.Terms.RenewAfter, desk.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                ImmutableArray<TileClaim> claims = [.. _held.Values.Select(held => held.Tile.Claim)];
                if (claims.IsEmpty)
                {
                    continue;
                }

                try
                {
                    var alive = await Board.RenewAsync(claims, desk.Terms.Term, cancellation);
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
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The helping ends.
        }
    }

    private void Drop(long ticket)
    {
        if (_held.TryRemove(ticket, out var held))
        {
            held.Tile.Close();
            dispatcher.DropUnwanted();
            _changed.Ring();
        }
    }

    private async Task EndAsync()
    {
        var held = _held.Values.ToArray();
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
            await Board.ReturnAsync([.. held.Select(claimed => claimed.Tile.Claim)], limit.Token);
        }
        catch (Exception fault) when (fault is JournalException or OperationCanceledException)
        {
            // They expire.
        }
    }
}
