using SpexStream.Domain.Grid;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>
/// The tiles of a scene that its owner has given away. One that comes back unanswered, or is taken back because the
/// devices would stand still, is the owner's from then on; whatever answer is first counts, and counts once. Belongs to
/// the scene's loop.
/// </summary>
internal sealed class TilesAway(
    ITileShare share, Func<TileStage, TileIndex, TileOrder?> orderOf)
{
    private readonly OrderedDictionary<(TileStage Stage, TileIndex Tile), (UInt128 Number, long Since)> _away = [];
    private readonly Dictionary<(TileStage Stage, TileIndex Tile), UInt128> _takenBack = [];
    private readonly HashSet<(TileStage Stage, TileIndex Tile)> _kept = [];
    private readonly Dictionary<(TileStage Stage, TileIndex Tile), int> _late = [];

    /// <summary>What a reply is about.</summary>
    /// <param name="Stage">The stage.</param>
    /// <param name="Tile">The tile.</param>
    /// <param name="Answer">The answer, where it still holds.</param>
    /// <param name="IsAtDevice">Whether one of the owner's devices has the tile, too.</param>
    internal readonly record struct Taken(TileStage Stage, TileIndex Tile, TileAnswer? Answer, bool IsAtDevice);

    /// <summary>Tiles of the scene that may be at this node's devices; one more while they lack some, which are fewer
    /// than a scene may have there.</summary>
    /// <param name="inFlight">Tiles that are there now.</param>
    /// <param name="waiting">Tiles that wait for them.</param>
    public int Window(int inFlight, int waiting) =>
        share.Desk.Load.Lacking > 0 ? Math.Min(inFlight + 1, share.Desk.Devices.SceneTiles)
            : TileSharing.Window(share.Desk.Devices, waiting, share.Desk.Others(), Math.Max(1, share.Desk.Load.Scenes));

    /// <summary>Says what the scene has for this node's devices.</summary>
    /// <param name="inFlight">Tiles that are there.</param>
    /// <param name="waiting">Tiles that wait for them.</param>
    public void Weigh(int inFlight, int waiting) => share.Load.Set(inFlight, waiting);

    /// <summary>Gives the farthest of the waiting tiles away, as many as others will do sooner.</summary>
    /// <param name="waiting">Those that wait.</param>
    /// <param name="inFlight">How many the devices have.</param>
    public void GiveAway(LinkedList<(TileStage Stage, TileIndex Tile)> waiting, int inFlight)
    {
        var count = TileSharing.Offers(
            share.Desk.Devices, inFlight, waiting.Count, _away.Count, share.Desk.Others());
        for (var node = waiting.Last; count > 0 && node is not null;)
        {
            var (here, tile) = (node, node.Value);
            node = node.Previous;
            // What came back unanswered stays, and so do surveys.
            if (!_kept.Contains(tile) && orderOf(tile.Stage, tile.Tile) is { } order)
            {
                waiting.Remove(here);
                _away[tile] = (order.Number, share.Desk.Time.GetTimestamp());
                share.Offer(order);
                count--;
            }
        }
    }

    /// <summary>The tile that was given away last, where the owner is to do it, too; null when no tile is away, or
    /// nobody has to. Others may still answer it.</summary>
    /// <param name="inHand">Tiles at the owner's devices, and those that wait for them.</param>
    public (TileStage Stage, TileIndex Tile)? Double(int inHand)
    {
        if (_away.Count == 0)
        {
            return null;
        }

        var (tile, (number, since)) = _away.GetAt(_away.Count - 1);
        var isLate = share.Desk.Time.GetElapsedTime(since) >= share.Desk.Terms.Term;
        if (!TileSharing.Doubles(share.Desk.Load.IsIdle, inHand, isLate))
        {
            return null;
        }

        _away.RemoveAt(_away.Count - 1);
        _kept.Add(tile);
        _takenBack[tile] = number;
        return tile;
    }

    /// <summary>Takes a reply in; null when nobody waits for it any more.</summary>
    /// <param name="worked">The reply.</param>
    /// <param name="basisOf">What a tile's answer has to rest on now.</param>
    public Taken? TakeIn(WorkedTile worked, Func<TileStage, TileIndex, UInt128> basisOf)
    {
        share.Load.Came(worked.Number);
        var numbers = _away.Select(one => (one.Key, one.Value.Number))
            .Concat(_takenBack.Select(one => (one.Key, Number: one.Value)));
        foreach (var ((stage, tile), number) in numbers)
        {
            if (number == worked.Number)
            {
                var answer = worked.Answer is { } given && given.Result.Tile == tile
                    && basisOf(stage, tile) == number ? given : null;
                var isAtDevice = _takenBack.Remove((stage, tile));
                _away.Remove((stage, tile));
                _kept.Add((stage, tile));
                if (isAtDevice && answer is not null)
                {
                    _late[(stage, tile)] = _late.GetValueOrDefault((stage, tile)) + 1;
                }

                return new(stage, tile, answer, isAtDevice);
            }
        }

        return null;
    }

    /// <summary>The owner has answered a tile itself.</summary>
    public void Done(TileStage stage, TileIndex tile)
    {
        _kept.Remove((stage, tile));
        if (_takenBack.Remove((stage, tile), out var number))
        {
            share.Withdraw(number);
        }
    }

    /// <summary>Whether this is what the owner's device says of a tile that another node has answered before; said
    /// once.</summary>
    public bool IsLate(SceneMessage message)
    {
        (TileStage, TileIndex)? about = message switch
        {
            SceneMessage.Classified classified => (classified.Stage, classified.Tile),
            SceneMessage.TileBroke broke => (broke.Stage, broke.Tile),
            SceneMessage.TryTile again => (again.Stage, again.Tile),
            _ => null,
        };
        if (about is not { } tile || !_late.TryGetValue(tile, out var count))
        {
            return false;
        }

        if (count > 1)
        {
            _late[tile] = count - 1;
        }
        else
        {
            _late.Remove(tile);
        }

        return true;
    }

    /// <summary>Takes all back.</summary>
    public Task EndAsync() => share.EndAsync();
}
