using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The open scenes, those that wait for a place (first come, first served), and the last closed ones so that their strips
/// are recognised when they come again. A scene that failed is forgotten: its strips may come once more. Safe for use from several threads.
/// </summary>
internal sealed class SceneRegistry(int maxOpen)
{
    private const int RememberedScenes = 1024;
    private readonly Lock _lock = new();
    private readonly Dictionary<SceneId, (SceneRun Run, Task Leaving)> _open = [];
    private readonly OrderedDictionary<SceneId, ScenePlace> _waiting = [];
    private readonly Dictionary<SceneId, Dictionary<int, string>> _strips = [];
    private readonly Queue<SceneId> _closed = new();
    private bool _isAbandoned;

    public int OpenCount => Locked(() => _open.Count);

    /// <summary>Strips that wait for a place for their scene.</summary>
    public int WaitingStrips => Locked(() => _waiting.Values.Sum(place => place.Strips));

    public IReadOnlyCollection<SceneRun> Open => Locked(() => _open.Values.Select(scene => scene.Run).ToArray());

    public SceneRun? Find(SceneId scene) => Locked(() => _open.GetValueOrDefault(scene).Run);

    /// <summary>Whether the scene, open or closed, has taken this strip with this content.</summary>
    public bool HasTaken(StripDelivery delivery) => Locked(() => Knows(delivery));

    /// <summary>
    /// The scene that a strip belongs to, or what the strip gets because its scene is closed already. A scene that is open
    /// is there at once; a new one waits while too many are open, and one that failed is begun anew when it is gone.
    /// </summary>
    public async ValueTask<(SceneRun? Run, DeliveryOutcome? Closed)> EnterAsync(
        StripDelivery delivery, Func<SceneRun> open, CancellationToken cancellation)
    {
        while (Locked(() => _open.GetValueOrDefault(delivery.Scene.Id)) is { Run.HasFailed: true } failed)
        {
            await failed.Leaving.WaitAsync(cancellation);
        }

        return Locked(() => TryEnter(delivery, open)) switch
        {
            { Place: { } place } => (await WaitAsync(place, cancellation), null),
            var entered => (entered.Run, entered.Closed),
        };
    }

    /// <summary>Remembers a strip that a scene has taken; of a scene that has failed since, nothing is remembered.</summary>
    public void Remember(SceneRun run, StripDelivery delivery)
    {
        lock (_lock)
        {
            if (run.HasFailed)
            {
                return;
            }

            if (!_strips.TryGetValue(delivery.Scene.Id, out var strips))
            {
                _strips[delivery.Scene.Id] = strips = [];
            }

            strips[delivery.Strip.Index] = delivery.Strip.ContentId;
        }
    }

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

    private (SceneRun? Run, DeliveryOutcome? Closed, ScenePlace? Place) TryEnter(StripDelivery delivery, Func<SceneRun> open)
    {
        ObjectDisposedException.ThrowIf(_isAbandoned, this);
        var scene = delivery.Scene.Id;
        if (_open.TryGetValue(scene, out var known))
        {
            return (known.Run, null, null);
        }

        if (_strips.ContainsKey(scene))
        {
            return (null, Knows(delivery) ? new DeliveryOutcome.Duplicate() : new DeliveryOutcome.Refused(LateStrips.SceneClosed), null);
        }

        if (_open.Count < maxOpen)
        {
            return (Begin(scene, open()), null, null);
        }

        var place = _waiting.GetValueOrDefault(scene) ?? new ScenePlace(scene, open);
        _waiting[scene] = place;
        place.Strips++;
        return (null, null, place);
    }

    private async Task<SceneRun> WaitAsync(ScenePlace place, CancellationToken cancellation)
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

    private SceneRun Begin(SceneId scene, SceneRun run)
    {
        _open[scene] = (run, LeaveLaterAsync(run));
        return run;
    }

    private async Task LeaveLaterAsync(SceneRun run)
    {
        await run.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            _open.Remove(run.Scene.Id);
            if (run.HasFailed)
            {
                _strips.Remove(run.Scene.Id);
            }
            else
            {
                _closed.Enqueue(run.Scene.Id);
            }

            while (_closed.Count > RememberedScenes && _closed.TryDequeue(out var forgotten))
            {
                _strips.Remove(forgotten);
            }

            GiveFreePlaces();
        }
    }

    private void GiveFreePlaces()
    {
        while (_open.Count < maxOpen && _waiting.Count > 0)
        {
            var place = _waiting.GetAt(0).Value;
            _waiting.RemoveAt(0);
            if (place.Open() is { } run)
            {
                Begin(place.Scene, run);
            }
        }
    }

    private bool Knows(StripDelivery delivery) =>
        _strips.TryGetValue(delivery.Scene.Id, out var strips)
        && strips.TryGetValue(delivery.Strip.Index, out var content) && content == delivery.Strip.ContentId;

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
