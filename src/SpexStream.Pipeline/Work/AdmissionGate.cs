namespace SpexStream.Pipeline.Work;

/// <summary>
/// Lets strips in, first come first served, while the tiles that are ready but not done stay below a bound. How many
/// tiles a strip makes ready is known only once it is in; until its turn is over it counts as many as it may make
/// ready. One that may make more ready than the bound allows goes in alone. Ready tiles need nothing from outside, so
/// whoever waits here always gets in. Safe for use from several threads.
/// </summary>
public sealed class AdmissionGate(int maxReadyTiles)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private int _ready;
    private int _entering;
    private long _made;

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

    /// <summary>Tiles that have ever become ready.</summary>
    public long MadeReady
    {
        get
        {
            lock (_lock)
            {
                return _made;
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
                return _waiting.Count;
            }
        }
    }

    /// <summary>Waits until there is room and all that came before are in.</summary>
    /// <param name="tiles">Tiles that the strip may make ready; 1 or more.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The turn; disposed when the strip's tiles are counted by <see cref="Add"/>, or it has none.</returns>
    /// <exception cref="OperationCanceledException">Given up; the room goes to the next that waits.</exception>
    public ValueTask<Turn> EnterAsync(int tiles, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_waiting.Count == 0 && HasRoom(tiles) && !cancellation.IsCancellationRequested)
            {
                _entering += tiles;
                return new(new Turn(this, tiles));
            }

            // A token that is cancelled already calls back at once; the lock lets its own thread in again.
            var place = _waiting.AddLast(new Waiter(tiles));
            place.Value.Stop = cancellation.Register(() => GiveUp(place, cancellation));
            return new(place.Value.Task);
        }
    }

    /// <summary>Tiles became ready.</summary>
    public void Add(int tiles)
    {
        lock (_lock)
        {
            _ready += tiles;
            _made += tiles;
        }
    }

    /// <summary>Tiles are done, or will never be.</summary>
    public void Remove(int tiles)
    {
        lock (_lock)
        {
            _ready -= tiles;
            LetIn();
        }
    }

    private bool HasRoom(int tiles) => _ready + _entering + Math.Min(tiles, maxReadyTiles) <= maxReadyTiles;

    private void LetIn()
    {
        while (_waiting.First is { } next && HasRoom(next.Value.Tiles))
        {
            _waiting.RemoveFirst();
            _entering += next.Value.Tiles;
            next.Value.Stop.Unregister();
            next.Value.SetResult(new Turn(this, next.Value.Tiles));
        }
    }

    private void GiveUp(LinkedListNode<Waiter> place, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (place.List is null)
            {
                // It was let in at this very moment: the turn stands, and its owner gives it back.
                return;
            }

            _waiting.Remove(place);
        }

        place.Value.SetCanceled(cancellation);
    }

    private void Leave(int tiles)
    {
        lock (_lock)
        {
            _entering -= tiles;
            LetIn();
        }
    }

    private sealed class Waiter(int tiles)
        : TaskCompletionSource<Turn>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Tiles => tiles;

        public CancellationTokenRegistration Stop { get; set; }
    }

    /// <summary>A strip is on its way in; over when it is disposed, by whichever thread.</summary>
    public sealed class Turn : IDisposable
    {
        private readonly int _tiles;
        private AdmissionGate? _gate;

        internal Turn(AdmissionGate gate, int tiles) => (_gate, _tiles) = (gate, tiles);

        /// <summary>Ends the turn; a second call does nothing.</summary>
        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave(_tiles);
    }
}
