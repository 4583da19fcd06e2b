using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Leases;

/// <summary>
/// Scenes that this node cannot read, though another one may: their facts are damaged, or a newer program wrote them.
/// Each is told once, and tried again after a while. Safe for use from several threads.
/// </summary>
/// <param name="time">The clock; only its monotonic side is read.</param>
/// <param name="onFound">Told of each, and why; must not block.</param>
public sealed class UnreadableScenes(TimeProvider time, Action<SceneId, JournalDamagedException> onFound)
{
    /// <summary>How long one is left alone.</summary>
    public static readonly TimeSpan Shunned = TimeSpan.FromSeconds(60);
    // Nobody has tried for so long: another node has it, or it is mended.
    private static readonly TimeSpan Remembered = 5 * Shunned;
    // A journal that is lost as a whole has more.
    private const int Most = 1024;
    private readonly Lock _lock = new();
    private readonly Dictionary<SceneId, (long At, string Why)> _scenes = [];

    /// <summary>What an operator should know; null while there is none.</summary>
    public string? Warning
    {
        get
        {
            lock (_lock)
            {
                Forget();
                if (_scenes.Count == 0)
                {
                    return null;
                }

                var (scene, found) = _scenes.First();
                var more = _scenes.Count == 1 ? "" : $" and {_scenes.Count - 1} more";
                return $"scene {scene}{more} cannot be read by this node, what comes for it waits in the inbox: "
                    + found.Why;
            }
        }
    }

    /// <summary>Whether a scene is to be left alone for the time being.</summary>
    public bool Has(SceneId scene)
    {
        lock (_lock)
        {
            return _scenes.TryGetValue(scene, out var found) && time.GetElapsedTime(found.At) < Shunned;
        }
    }

    /// <summary>A scene could not be read.</summary>
    public void Add(SceneId scene, JournalDamagedException fault)
    {
        lock (_lock)
        {
            Forget();
            var isKnown = _scenes.ContainsKey(scene);
            if (!isKnown && _scenes.Count >= Most)
            {
                return;
            }

            _scenes[scene] = (time.GetTimestamp(), fault.Message);
            if (isKnown)
            {
                return;
            }
        }

        onFound(scene, fault);
    }

    /// <summary>A scene was read.</summary>
    public void Remove(SceneId scene)
    {
        lock (_lock)
        {
            _scenes.Remove(scene);
        }
    }

    private void Forget()
    {
        foreach (var (scene, found) in _scenes)
        {
            if (time.GetElapsedTime(found.At) >= Remembered)
            {
                _scenes.Remove(scene);
            }
        }
    }
}
