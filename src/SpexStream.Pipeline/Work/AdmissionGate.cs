namespace SpexStream.Pipeline.Work;

/// <summary>
/// Lets strips in while the tiles that are ready but not done stay below a bound. Ready tiles need nothing from outside,
/// so whoever waits here always gets in. Safe for use from several threads.
/// </summary>
public sealed class AdmissionGate(int maxReadyTiles)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _ready;

    /// <summary>Tiles ready or running.</summary>
    public int ReadyTiles
    {
        get
        {
            lock (_lock)
            {
                return _ready;
            }
        }
    }

    /// <summary>The bound.</summary>
    public int MaxReadyTiles => maxReadyTiles;

    /// <summary>Strips that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count(turn => !turn.Task.IsCompleted);
            }
        }
    }

    /// <summary>Waits until there is room.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            TaskCompletionSource turn;
            lock (_lock)
            {
                if (_ready < maxReadyTiles)
                {
                    return;
                }

                turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue(turn);
            }

            // A turn that is cancelled stands in the queue until it is its turn, but waits no more.
            await using var stop = cancellation.Register(() => turn.TrySetCanceled(cancellation));
            await turn.Task;
        }
    }

    /// <summary>Tiles became ready.</summary>
    public void Add(int tiles)
    {
        lock (_lock)
        {
            _ready += tiles;
        }
    }

    /// <summary>Tiles are done, or will never be.</summary>
    public void Remove(int tiles)
    {
        lock (_lock)
        {
            _ready -= tiles;
            while (_ready < maxReadyTiles && _waiting.TryDequeue(out var turn))
            {
                turn.TrySetResult();
            }
        }
    }
}
