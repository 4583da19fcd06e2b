using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Scenes;

/// <summary>A scene that waits to be opened, with the strips that wait for it. Guarded by the registry's
/// lock.</summary>
internal sealed class ScenePlace(SceneId scene)
{
    private readonly TaskCompletionSource<SceneRun?> _run = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SceneId Scene => scene;

    /// <summary>Strips that wait for this scene.</summary>
    public int Strips { get; set; }

    /// <summary>The scene once it has a place; null when this process has no right to it by then.</summary>
    public Task<SceneRun?> Run => _run.Task;

    /// <summary>The scene will not be opened any more: whoever waits is cancelled.</summary>
    public void Abandon() => _run.TrySetCanceled();

    /// <summary>Gives the scene to those who wait.</summary>
    public void Open(SceneRun? run) => _run.SetResult(run);
}
