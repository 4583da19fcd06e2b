using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Work;

/// <summary>
/// Hands tiles out to workers that ask: earliest deadline first, then priority, then order of arrival. Bounded: scenes
/// offer only as many tiles as there is room. Safe for use from several threads.
/// </summary>
internal sealed class TileDispatcher(int capacity) : ITileDispatcher, IDisposable
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<ITileJob, (DateTimeOffset Deadline, int Unimportance, long Sequence)> _jobs = new();
    private readonly SemaphoreSlim _available = new(0);
    private long _sequence;

    /// <summary>Tiles that may wait at once.</summary>
    public int Capacity => capacity;

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public bool TryOffer(ITileJob job)
    {
        lock (_lock)
        {
            if (_jobs.Count >= capacity)
            {
                return false;
            }

            _jobs.Enqueue(job, (job.Deadline, -job.Priority, _sequence++));
        }

        _available.Release();
        return true;
    }

    /// <inheritdoc/>
    public void TakeBack(ITileJob job)
    {
        lock (_lock)
        {
            if (job.IsUnwanted)
            {
                return;
            }

            _jobs.Enqueue(job, (job.Deadline, -job.Priority, _sequence++));
        }

        _available.Release();
    }

    /// <inheritdoc/>
    public void DropUnwanted()
    {
        lock (_lock)
        {
            var waiting = _jobs.Count;
            var wanted = _jobs.UnorderedItems.Where(entry => !entry.Element.IsUnwanted).ToArray();
            _jobs.Clear();
            _jobs.EnqueueRange(wanted);
            // Fewer than that where a worker was let in already; it finds nothing, and waits once more.
            for (var dropped = waiting - wanted.Length; dropped > 0 && _available.Wait(0); dropped--)
            {
            }
        }
    }

    /// <summary>The next tile that somebody wants; blocks the worker's thread until there is one.</summary>
    /// <exception cref="OperationCanceledException">The worker shall stop.</exception>
    public ITileJob Take(CancellationToken stop)
    {
        while (true)
        {
            _available.Wait(stop);
            lock (_lock)
            {
                if (_jobs.TryDequeue(out var job, out _) && !job.IsUnwanted)
                {
                    return job;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _available.Dispose();
}
