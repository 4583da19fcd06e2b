using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The open scenes, and those that wait for a place (first come, first served). What a scene that is not open has taken
/// already is known to the journal. Safe for use from several threads.
/// </summary>
/// <param name="maxOpen">Scenes that may be open at once.</param>
/// <param name="open">Opens a scene; null where this process has no right to.</param>
/// <param name="onLeft">Told of each scene that has left; must not block.</param>
internal sealed class SceneRegistry(int maxOpen, Func<SceneId, SceneRun?> open, Action<SceneId>? onLeft = null)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SceneId, (SceneRun Run, Task Leaving)> _open = [];
    private readonly OrderedDictionary<SceneId, ScenePlace> _waiting = [];
    private readonly HashSet<SceneId> _held = [];
    private bool _isAbandoned;

    public int OpenCount => Locked(() => _open.Count);

    /// <summary>Strips that wait for a place for their scene.</summary>
    public int WaitingStrips => Locked(() => _waiting.Values.Sum(place => place.Strips));

    public IReadOnlyCollection<SceneRun> Open => Locked(() => _open.Values.Select(scene => scene.Run).ToArray());

    /// <summary>Whether a scene is open or waits for a place.</summary>
    public bool IsKnown(SceneId scene) => Locked(() => _open.ContainsKey(scene) || _waiting.ContainsKey(scene));

    /// <summary>The scene: at once when it is open or there is a place for it, else when it has got one. Null when this
    /// process has no right to it.</summary>
    public async ValueTask<SceneRun?> EnterAsync(SceneId scene, CancellationToken cancellation)
    {
        var (run, place) = Locked(() => TryEnter(scene));
        return place is null ? run : await WaitAsync(place, cancellation);
    }

    /// <summary>Waits until a scene is not open.</summary>
    public Task LeftAsync(SceneId scene) => Locked(() =>
        _open.TryGetValue(scene, out var known) ? known.Leaving : Task.CompletedTask);

    /// <summary>Waits until a scene that is over has left: it can be opened anew, for a scene has one writer.</summary>
    public Task LeftAsync(SceneRun run, CancellationToken cancellation)
    {
        var known = Locked(() => _open.GetValueOrDefault(run.Scene));
        return known.Run == run ? known.Leaving.WaitAsync(cancellation) : Task.CompletedTask;
    }

    /// <summary>Takes up a scene that an earlier process left open: at once, or, with null, as soon as there is a place
    /// for it.</summary>
    public SceneRun? TakeUp(SceneId scene) => Locked(() => TryEnter(scene).Run);

    /// <summary>Keeps a scene from being opened; null when it is open, or somebody waits for it. Its strips wait until
    /// the answer is disposed of.</summary>
    public IDisposable? TryHold(SceneId scene) => Locked(() =>
        !_open.ContainsKey(scene) && !_waiting.ContainsKey(scene) && _held.Add(scene) ? new Hold(this, scene) : null);

    /// <summary>Opens no further scene; who waits for one is cancelled.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _isAbandoned = true;
            foreach (var place in _waiting.Values)
            {
                place.Abandon();
            }

            _waiting.Clear();
        }
    }

    private (SceneRun? Run, ScenePlace? Place) TryEnter(SceneId scene)
    {
        ObjectDisposedException.ThrowIf(_isAbandoned, this);
        if (_open.TryGetValue(scene, out var known))
        {
            return (known.Run, null);
        }

        if (_open.Count < maxOpen && !_held.Contains(scene))
        {
            return (Begin(scene), null);
        }

        var place = _waiting.GetValueOrDefault(scene) ?? new ScenePlace(scene);
        _waiting[scene] = place;
        place.Strips++;
        return (null, place);
    }

    private async Task<SceneRun?> WaitAsync(ScenePlace place, CancellationToken cancellation)
    {
        try
        {
            return await place.Run.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // A scene that nobody waits for any more must not be opened: it would stay empty.
            Locked(() => --place.Strips == 0 && _waiting.Remove(place.Scene));
            throw;
        }
    }

    private SceneRun? Begin(SceneId scene)
    {
        if (open(scene) is not { } run)
        {
            return null;
        }

        _open[scene] = (run, LeaveLaterAsync(run));
        return run;
    }

    private async Task LeaveLaterAsync(SceneRun run)
    {
        await run.Completion.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            _open.Remove(run.Scene);
            LetIn();
        }

        onLeft?.Invoke(run.Scene);
    }

    private void LetIn()
    {
        while (_open.Count < maxOpen && !_isAbandoned
            && _waiting.Values.FirstOrDefault(waiting => !_held.Contains(waiting.Scene)) is { } place)
        {
            _waiting.Remove(place.Scene);
            place.Open(Begin(place.Scene));
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

    private sealed class Hold(SceneRegistry scenes, SceneId scene) : IDisposable
    {
        public void Dispose() => scenes.Release(scene);
    }
}
