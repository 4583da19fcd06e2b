using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Leases;

/// <summary>Who has business with scenes on this node right now: as long as there is somebody, a lease is not given
/// back. Safe for use from several threads.</summary>
/// <param name="onIdle">Told when the last one has left a scene; must not block.</param>
internal sealed class SceneUses(Action<SceneId> onIdle)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SceneId, int> _uses = [];

    /// <summary>Enters; left by disposing.</summary>
    public IDisposable Enter(SceneId scene)
    {
        lock (_lock)
        {
            _uses[scene] = _uses.GetValueOrDefault(scene) + 1;
        }

        return new Use(this, scene);
    }

    public bool IsUsed(SceneId scene)
    {
        lock (_lock)
        {
            return _uses.ContainsKey(scene);
        }
    }

    private void Leave(SceneId scene)
    {
        lock (_lock)
        {
            if (--_uses[scene] > 0)
            {
                return;
            }

            _uses.Remove(scene);
        }

        onIdle(scene);
    }

    private sealed class Use(SceneUses uses, SceneId scene) : IDisposable
    {
        public void Dispose() => uses.Leave(scene);
    }
}
