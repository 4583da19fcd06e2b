namespace SpexStream.Messaging.Ingest;

/// <summary>Rasters that wait to be opened, first come, first served; threads block on it. Bounded by those who post,
/// each of whom waits for the answer. Safe for use from several threads.</summary>
internal sealed class OpeningQueue
{
    private readonly object _gate = new();
    private readonly Queue<Opening> _waiting = new();
    private bool _isClosed;

    /// <summary>Rasters that wait.</summary>
    public int Depth
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Puts one in.</summary>
    public void Post(Opening opening)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _waiting.Enqueue(opening);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>The next one that somebody still waits for; blocks until there is one. Null: no more come.</summary>
    public Opening? Take()
    {
        lock (_gate)
        {
            while (true)
            {
                while (_waiting.TryDequeue(out var next))
                {
                    if (!next.Task.IsCompleted)
                    {
                        return next;
                    }
                }

                if (_isClosed)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>No more come; the threads end.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiting.Clear();
            Monitor.PulseAll(_gate);
        }
    }
}
