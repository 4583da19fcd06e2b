using System.Collections.Concurrent;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>The open scenes, and the last closed ones so that their strips are recognised when they come again.</summary>
internal sealed class SceneRegistry(int maxOpen) : IDisposable
{
    private const int RememberedScenes = 1024;
    private readonly ConcurrentDictionary<SceneId, SceneRun> _open = new();
    private readonly ConcurrentDictionary<SceneId, ConcurrentDictionary<int, string>> _strips = new();
    private readonly ConcurrentQueue<SceneId> _closed = new();
    private readonly SemaphoreSlim _room = new(maxOpen);
    private readonly SemaphoreSlim _opening = new(1);

    public int OpenCount => _open.Count;

    public IReadOnlyCollection<SceneRun> Open => [.. _open.Values];

    public SceneRun? Find(SceneId scene) => _open.GetValueOrDefault(scene);

    /// <summary>What a strip of a scene that is closed already gets; null when the scene may take it.</summary>
    public DeliveryOutcome? ClosedOutcome(StripDelivery delivery) =>
        _open.ContainsKey(delivery.Scene.Id) || !_strips.ContainsKey(delivery.Scene.Id) ? null
        : HasTaken(delivery) ? new DeliveryOutcome.Duplicate()
        : new DeliveryOutcome.Refused(LateStrips.SceneClosed);

    /// <summary>Whether the scene, open or closed, has taken this strip with this content.</summary>
    public bool HasTaken(StripDelivery delivery) =>
        _strips.TryGetValue(delivery.Scene.Id, out var strips)
        && strips.TryGetValue(delivery.Strip.Index, out var content) && content == delivery.Strip.ContentId;

    public async ValueTask<SceneRun> GetOrOpenAsync(SceneId scene, Func<SceneRun> open, CancellationToken cancellation)
    {
        if (_open.TryGetValue(scene, out var known))
        {
            return known;
        }

        await _opening.WaitAsync(cancellation);
        try
        {
            if (_open.TryGetValue(scene, out known))
            {
                return known;
            }

            await _room.WaitAsync(cancellation);
            SceneRun run;
            try
            {
                run = open();
            }
            catch
            {
                // The place stays free when the scene cannot be opened; the caller says why.
                _room.Release();
                throw;
            }

            _open[scene] = run;
            _ = CloseLaterAsync(run);
            return run;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Remembers a strip that a scene has taken.</summary>
    public void Remember(StripDelivery delivery) =>
        _strips.GetOrAdd(delivery.Scene.Id, _ => new())[delivery.Strip.Index] = delivery.Strip.ContentId;

    public void Dispose()
    {
        _room.Dispose();
        _opening.Dispose();
    }

    private async Task CloseLaterAsync(SceneRun run)
    {
        await run.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed.Enqueue(run.Scene.Id);
        _open.TryRemove(run.Scene.Id, out _);
        await run.DisposeAsync();
        _room.Release();
        while (_closed.Count > RememberedScenes && _closed.TryDequeue(out var forgotten))
        {
            _strips.TryRemove(forgotten, out _);
        }
    }
}
