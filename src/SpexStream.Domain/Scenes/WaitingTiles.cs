using System.Diagnostics.CodeAnalysis;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Domain.Scenes;

/// <summary>
/// The tiles that wait for a device, of every runtime: earliest deadline first, then priority, then order of arrival.
/// Who hands them out, and to whom, is the runtime's affair. Safe for use from several threads; never blocks.
/// </summary>
/// <param name="capacity">Tiles that may be offered at once; 1 or more.</param>
public sealed class WaitingTiles(int capacity)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<ITileJob, (DateTimeOffset Deadline, int Unimportance, long Sequence)> _jobs = new();
    private long _sequence;

    /// <summary>Tiles that may wait at once.</summary>
    public int Capacity => capacity;

    /// <summary>Tiles that wait.</summary>
    public int Depth
    {
        get
        {
            lock (_lock)
            {
                return _jobs.Count;
            }
        }
    }

    /// <summary>Puts a tile in; false when there is no room.</summary>
    public bool TryOffer(ITileJob job)
    {
        lock (_lock)
        {
            if (_jobs.Count >= capacity)
            {
                return false;
            }

            Enqueue(job);
            return true;
        }
    }

    /// <summary>Puts a tile in that was in before, whatever the room; false when nobody wants it any more.</summary>
    public bool TakeBack(ITileJob job)
    {
        lock (_lock)
        {
            if (job.IsUnwanted)
            {
                return false;
            }

            Enqueue(job);
            return true;
        }
    }

    /// <summary>Takes the next tile out that somebody wants; false when there is none.</summary>
    public bool TryTake([NotNullWhen(true)] out ITileJob? job)
    {
        lock (_lock)
        {
            while (_jobs.TryDequeue(out job, out _))
            {
                if (!job.IsUnwanted)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Drops the tiles that nobody wants any more.</summary>
    /// <returns>How many there were.</returns>
    public int DropUnwanted()
    {
        lock (_lock)
        {
            var waiting = _jobs.Count;
            var wanted = _jobs.UnorderedItems.Where(entry => !entry.Element.IsUnwanted).ToArray();
            _jobs.Clear();
            _jobs.EnqueueRange(wanted);
            return waiting - wanted.Length;
        }
    }

    private void Enqueue(ITileJob job) => _jobs.Enqueue(job, (job.Deadline, -job.Priority, _sequence++));
}
