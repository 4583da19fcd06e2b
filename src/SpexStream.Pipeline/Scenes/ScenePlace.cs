using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Scenes;

/// <summary>A scene that waits to be opened, with the strips that wait for it. Guarded by the registry's lock.</summary>
internal sealed class ScenePlace(SceneId scene, Func<SceneRun> open)
{
    private readonly TaskCompletionSource<SceneRun> _run = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SceneId Scene => scene;

    /// <summary>Strips that wait for this scene.</summary>
    public int Strips { get; set; }

    /// <summary>The scene once it has a place; fails as opening it does.</summary>
    public Task<SceneRun> Run => _run.Task;

    /// <summary>The scene will not be opened any more: whoever waits is cancelled.</summary>
    public void Abandon() => _run.TrySetCanceled();

    /// <summary>Opens the scene for those who wait; null when it cannot be opened, which they are told.</summary>
    public SceneRun? Open()
    {
        try
        {
            var run = open();
            _run.SetResult(run);
            return run;
        }
        catch (Exception fault)
        {
            // Whatever it is belongs to the strips that wait; the place is free for the next scene.
            _run.SetException(fault);
            return null;
        }
    }
}
