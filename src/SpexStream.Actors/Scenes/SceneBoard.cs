using SpexStream.Domain.Identity;

namespace SpexStream.Actors.Scenes;

/// <summary>
/// The places for open scenes of this node, first come, first served, and who has one. Scenes on other nodes have
/// theirs there. Safe for use from several threads.
/// </summary>
/// <param name="maxOpen">Scenes that may be open at once.</param>
internal sealed class SceneBoard(int maxOpen)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private readonly HashSet<SceneId> _held = [];
    private readonly HashSet<ScenePlace> _taken = [];
    private int _waitingStrips;

    /// <summary>Scenes that are open, or being opened or left.</summary>
    public IReadOnlyCollection<ScenePlace> Taken => Locked(() => _taken.ToArray());

    /// <summary>Strips that wait for a place for their scene.</summary>
    public int WaitingStrips => Volatile.Read(ref _waitingStrips);

    /// <summary>Strips begin (or, below zero, end) to wait.</summary>
    public void StripsWait(int change) => Interlocked.Add(ref _waitingStrips, change);

    /// <summary>Waits for a place.</summary>
    /// <exception cref="OperationCanceledException">Given up.</exception>
    public async Task<ScenePlace> EnterAsync(SceneId scene, CancellationToken cancellation)
    {
        var waiter = new Waiter(scene);
        lock (_lock)
        {
            _waiting.AddLast(waiter);
            LetIn();
        }

        await using var stop = cancellation.Register(() => GiveUp(waiter, cancellation));
        return await waiter.Task;
    }

    /// <summary>Keeps a scene from getting a place; null when it has one or waits for it.</summary>
    public IDisposable? TryHold(SceneId scene) => Locked(() =>
        _taken.All(place => place.Scene != scene) && _waiting.All(waiter => waiter.Scene != scene) && _held.Add(scene)
            ? new Hold(this, scene) : null);

    /// <summary>Ends when every place is free.</summary>
    public Task EmptyAsync() => Task.WhenAll(Taken.Select(place => place.Left));

    private void LetIn()
    {
        for (var next = _waiting.First; next is not null && _taken.Count < maxOpen;)
        {
            var (waiter, after) = (next.Value, next.Next);
            // One life of a scene after the other, however quickly its entity comes back.
            if (!_held.Contains(waiter.Scene) && _taken.All(place => place.Scene != waiter.Scene))
            {
                _waiting.Remove(next);
                var place = new ScenePlace(waiter.Scene, Leave);
                _taken.Add(place);
                waiter.SetResult(place);
            }

            next = after;
        }
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!_waiting.Remove(waiter))
            {
                // It was let in at this very moment: the place stands, and its owner gives it back.
                return;
            }
        }

        waiter.SetCanceled(cancellation);
    }

    private void Leave(ScenePlace place)
    {
        lock (_lock)
        {
            _taken.Remove(place);
            LetIn();
        }
    }

    private void Release(SceneId scene)
    {
        lock (_lock)
        {
            _held.Remove(scene);
            LetIn();
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    private sealed class Waiter(SceneId scene)
        : TaskCompletionSource<ScenePlace>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public SceneId Scene => scene;
    }

    private sealed class Hold(SceneBoard board, SceneId scene) : IDisposable
    {
        public void Dispose() => board.Release(scene);
    }
}
