using System.Collections.Immutable;
using System.Threading.Channels;

namespace SpexStream.Messaging.Publishing;

/// <summary>Messages that the broker has acknowledged and the journal still has. Noted by any thread, taken by one at a
/// time; what nobody takes any more is left for the next who does.</summary>
/// <param name="capacity">Most that may be noted and not taken.</param>
internal sealed class AcknowledgedKeys(int capacity)
{
    private readonly Lock _lock = new();
    private readonly List<long> _left = [];
    private readonly Channel<long> _noted =
        Channel.CreateBounded<long>(new BoundedChannelOptions(capacity) { SingleReader = true });

    private bool _isTaken;

    /// <summary>From now on somebody takes them.</summary>
    /// <returns>Those that were left.</returns>
    public ImmutableArray<long> Open()
    {
        lock (_lock)
        {
            _isTaken = true;
            return [.. _left];
        }
    }

    /// <summary>Those that were left are dropped.</summary>
    public void Forget(ImmutableArray<long> dropped)
    {
        lock (_lock)
        {
            _left.RemoveAll(dropped.Contains);
        }
    }

    /// <summary>Notes one; false where nobody takes it, so that it is left.</summary>
    public bool TryNote(long key)
    {
        lock (_lock)
        {
            if (!_isTaken)
            {
                _left.Add(key);
                return false;
            }

            // There are as many places as messages on their way; a key that is lost would be sent for ever.
            if (!_noted.Writer.TryWrite(key))
            {
                throw new InvalidOperationException($"No room to note that message {key} was acknowledged.");
            }

            return true;
        }
    }

    /// <summary>Waits until there are some; takes as many as there are, up to a number.</summary>
    public async ValueTask<ImmutableArray<long>> TakeAsync(int most, CancellationToken cancellation)
    {
        await _noted.Reader.WaitToReadAsync(cancellation);
        var keys = ImmutableArray.CreateBuilder<long>();
        while (keys.Count < most && _noted.Reader.TryRead(out var key))
        {
            keys.Add(key);
        }

        return keys.ToImmutable();
    }

    /// <summary>Leaves what was taken and could not be dropped.</summary>
    public void Leave(ImmutableArray<long> keys)
    {
        lock (_lock)
        {
            _left.AddRange(keys);
        }
    }

    /// <summary>Nobody takes any more.</summary>
    /// <returns>How many that were noted are left.</returns>
    public int Close()
    {
        lock (_lock)
        {
            var before = _left.Count;
            while (_noted.Reader.TryRead(out var key))
            {
                _left.Add(key);
            }

            _isTaken = false;
            return _left.Count - before;
        }
    }
}
