namespace SpexStream.Pipeline.Work;

/// <summary>
/// Hands tiles out to workers that ask: earliest deadline first, then priority, then order of arrival. Bounded: scenes
/// offer only as many tiles as there is room. Safe for use from several threads.
/// </summary>
internal sealed class TileDispatcher(int capacity) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TileJob, (DateTimeOffset Deadline, int Unimportance, long Sequence)> _jobs = new();
    private readonly SemaphoreSlim _available = new(0);
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

    /// <summary>Puts a tile into the queue; false when there is no room.</summary>
    public bool TryOffer(TileJob job)
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

    /// <summary>Takes a tile back whose device failed, unless nobody wants it any more. There is always room: it was in
    /// the queue before, and those on devices are few.</summary>
    public void Return(TileJob job)
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

    /// <summary>Drops the tiles that nobody wants any more: they take the room of others.</summary>
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
    public TileJob Take(CancellationToken stop)
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
