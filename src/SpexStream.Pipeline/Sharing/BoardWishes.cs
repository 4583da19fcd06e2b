using System.Collections.Immutable;

namespace SpexStream.Pipeline.Sharing;

/// <summary>What a scene wants on the board, what stands there, and what it wants there no more. Safe for use from
/// several threads.</summary>
internal sealed class BoardWishes
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, TileOrder> _toOffer = [];
    private readonly HashSet<UInt128> _standing = [];
    private readonly HashSet<UInt128> _toWithdraw = [];

    /// <summary>Whether something stands on the board.</summary>
    public bool HasStanding
    {
        get
        {
            lock (_lock)
            {
                return _standing.Count > 0;
            }
        }
    }

    /// <summary>A tile shall stand there.</summary>
    public void Offer(TileOrder order)
    {
        lock (_lock)
        {
            _toWithdraw.Remove(order.Number);
            _toOffer[order.Number] = order;
        }
    }

    /// <summary>A tile shall not stand there any more.</summary>
    public void Withdraw(UInt128 number)
    {
        lock (_lock)
        {
            // It may be on its way to the board right now.
            _toOffer.Remove(number);
            _toWithdraw.Add(number);
        }
    }

    /// <summary>What is to be written.</summary>
    public (ImmutableArray<TileOrder> Orders, ImmutableArray<UInt128> Gone) Open()
    {
        lock (_lock)
        {
            return ([.. _toOffer.Values], [.. _toWithdraw]);
        }
    }

    /// <summary>What could not be written shall not stand there; gives its numbers.</summary>
    public ImmutableArray<UInt128> TakeBack()
    {
        lock (_lock)
        {
            ImmutableArray<UInt128> unwritten = [.. _toOffer.Keys];
            _toOffer.Clear();
            return unwritten;
        }
    }

    /// <summary>Nothing shall stand there; gives the numbers of all that stands or shall.</summary>
    public ImmutableArray<UInt128> TakeAllBack()
    {
        lock (_lock)
        {
            ImmutableArray<UInt128> all = [.. _toOffer.Keys.Union(_standing)];
            _toOffer.Clear();
            return all;
        }
    }

    /// <summary>It is written; what has changed meanwhile stays open.</summary>
    public void Written(ImmutableArray<TileOrder> orders, ImmutableArray<UInt128> gone)
    {
        lock (_lock)
        {
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
        }
    }
}
