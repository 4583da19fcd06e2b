using System.Collections.Concurrent;
using System.Globalization;
using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The scenes that stand still because a disk will not take what they made. They wait for as long as it takes, for what
/// a station accepted is not given up; so that nobody waits unknowingly, they are counted here. Safe for several
/// threads.
/// </summary>
internal sealed class DiskStalls
{
    private readonly ConcurrentDictionary<SceneId, string> _scenes = new();

    /// <summary>How many there are.</summary>
    public int Count => _scenes.Count;

    /// <summary>What one of them waits for, in one line; null when there is none.</summary>
    public string? Trouble
    {
        get
        {
            var waiting = _scenes.ToArray();
            return waiting.Length == 0 ? null : string.Create(
                CultureInfo.InvariantCulture,
                    $"{waiting.Length} wait for the disk, {waiting[0].Key}: {waiting[0].Value}");
        }
    }

    /// <summary>A scene could not write.</summary>
    public void Begin(SceneId scene, Exception fault) => _scenes[scene] = fault.Message;

    /// <summary>It could, or gave up.</summary>
    public void End(SceneId scene) => _scenes.TryRemove(scene, out _);
}
