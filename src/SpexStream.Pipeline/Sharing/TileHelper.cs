using System.Collections.Immutable;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Leases;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>Works on tiles of other nodes' scenes: claims them when it is told to, keeps the claims alive, hands the
/// answers in, and gives back what is not done when it ends.</summary>
/// <param name="desk">What sharing has in common.</param>
/// <param name="bench">Makes jobs of orders.</param>
/// <param name="dispatcher">This node's devices.</param>
/// <param name="helping">Ends when this node helps no more.</param>
internal sealed class TileHelper(
    TileDesk desk, TileBench bench, ITileDispatcher dispatcher, CancellationToken helping)
{
    private static readonly TimeSpan Sulks = TimeSpan.FromSeconds(60);
    private readonly HeldClaims _held = new(desk, dispatcher);
    private readonly Bell _changed = new();
    private long? _refusedAt;

    private ITileBoard Board => desk.Ports.Board;

    /// <summary>Ends when there is less to do here than before.</summary>
    public Task Changed => _changed.Next;

    /// <summary>Keeps claims alive as long as this node helps, and gives back then what is not done.</summary>
    public Task RunAsync() => _held.KeepAsync(helping);

    /// <summary>Claims tiles of other nodes and works on them; gives how many. None while this node's answers would not
    /// be theirs, and when it helps no more.</summary>
    /// <param name="max">At most so many.</param>
    /// <exception cref="JournalException">The board did not answer.</exception>
    public async Task<int> ClaimAsync(int max)
    {
        if (max <= 0 || helping.IsCancellationRequested || _held.HasEnded || desk.Others() == 0
            || (_refusedAt is { } at && desk.Time.GetElapsedTime(at) < Sulks))
        {
            return 0;
        }

        try
        {
            var claims = await Board.ClaimAsync(max, desk.Terms.Term, desk.Given, helping);
            foreach (var claim in claims)
            {
                var tile = new OrderedTile(claim);
                desk.Load.Add(1);
                await _held.AddAsync(tile, begin => WorkAsync(tile, begin));
            }

            return claims.Length;
        }
        catch (OperationCanceledException) when (helping.IsCancellationRequested)
        {
            // What was claimed at that moment expires.
            return 0;
        }
    }

    private async Task WorkAsync(OrderedTile tile, Task begin)
    {
        await begin;
        var isTaken = false;
        try
        {
            var reply = await AnswerAsync(tile);
            isTaken = await Board.AnswerAsync(tile.Claim, reply.Write(), helping);
            if (reply is not TileReply.Refusal)
            {
                desk.CountShared(forOthers: true);
            }

            _held.Remove(tile.Claim.Ticket);
        }
        catch (OperationCanceledException) when (tile.IsClosed || helping.IsCancellationRequested)
        {
            // The claim was lost, or is given back by whoever ends the helping.
        }
        catch (Exception fault) when (fault is JournalException or IOException or UnauthorizedAccessException)
        {
            // The claim expires, and somebody else does it.
            desk.Ports.OnRefused($"A tile of scene {tile.Claim.Scene} could not be handed in: {fault.Message}");
            _held.Remove(tile.Claim.Ticket);
        }
        catch (Exception fault)
        {
            // The top of the work: whatever it is, the owner does the tile itself, and hears so now.
            _held.Remove(tile.Claim.Ticket);
            desk.Ports.OnRefused($"A tile of scene {tile.Claim.Scene} is left to its owner: {fault.Message}");
            await TryRefuseAsync(tile.Claim, fault);
        }
        finally
        {
            if (!isTaken)
            {
                TryDelete(tile.Claim);
            }

            desk.Load.Add(-1);
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

    private async Task<TileReply> AnswerAsync(OrderedTile tile)
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

            var (job, guest) = await bench.PrepareAsync(order, await SurveysAsync(order), tile, helping);
            try
            {
                // There is room: claims are few, and come behind all that is this node's own.
                dispatcher.TakeBack(job);
                return await PackAsync(tile.Claim, await tile.Said, order);
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

    private async Task<ImmutableArray<byte>> SurveysAsync(TileOrder order)
    {
        if (order.SurveysFile is not { } file)
        {
            return order.Surveys;
        }

        try
        {
            return [.. await desk.Files.ReadAsync(order.Scene, file, helping)];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new TileRefusedException(
                $"what it needs does not lie in the shared folder: {gone.Message}", isOfAllOrders: false);
        }
    }

    private async Task<TileReply> PackAsync(TileClaim claim, SceneMessage said, TileOrder order)
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
        await desk.Files.PutAsync(claim.Scene, name, record, helping);
        return new TileReply.InFile(name, classified.NeededNoModel);
    }
}
