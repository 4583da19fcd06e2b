using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Tests.Pipeline;

/// <summary>Keeps what a runtime tells of its scenes.</summary>
internal sealed class RecordedEvents : ISceneEvents
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<SceneOutcome>> _closed = new();

    public ConcurrentQueue<string> Lines { get; } = new();

    public ConcurrentQueue<(int Strip, ImmutableArray<ClassFacts> Facts)> Summaries { get; } = new();

    /// <summary>Thrown when a scene opens, to see what a broken listener does.</summary>
    public Exception? OnOpened { get; init; }

    /// <summary>Thrown at every summary of a strip: the scene fails.</summary>
    public Exception? OnSummary { get; init; }

    /// <summary>Waited for when a scene opens, to see what a slow listener does.</summary>
    public Task Opening { get; init; } = Task.CompletedTask;

    /// <summary>Called when the disk would not take what a scene made.</summary>
    public Action<Exception> OnDelayed { get; set; } = _ => { };

    /// <summary>The outcome of a scene; throws when the scene fails.</summary>
    public Task<SceneOutcome> ClosedAsync(string scene) => Closing(scene).Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Waits for the next outcome of a scene from here on.</summary>
    public void Forget(string scene) => _closed.TryRemove(scene, out _);

    public async ValueTask OpenedAsync(SceneSpec scene)
    {
        Lines.Enqueue($"opened {scene.Id}");
        if (Closing(scene.Id.Value).Task.IsFaulted)
        {
            // It is tried again.
            _closed.TryRemove(scene.Id.Value, out _);
        }

        await Opening;
        if (OnOpened is not null)
        {
            throw OnOpened;
        }
    }

    public ValueTask ProgressedAsync(SceneSpec scene, SceneProgressFacts progress) => ValueTask.CompletedTask;

    public ValueTask StripSummarisedAsync(SceneSpec scene, StripEntry strip, ImmutableArray<ClassFacts> classes)
    {
        if (OnSummary is not null)
        {
            throw OnSummary;
        }

        Summaries.Enqueue((strip.Index, classes));
        return ValueTask.CompletedTask;
    }

    public ValueTask ClosedAsync(SceneOutcome outcome)
    {
        Lines.Enqueue($"closed {outcome.Scene.Id}");
        Closing(outcome.Scene.Id.Value).TrySetResult(outcome);
        return ValueTask.CompletedTask;
    }

    public ValueTask TileGivenUpAsync(SceneSpec scene, string reason)
    {
        Lines.Enqueue($"given up: {reason}");
        return ValueTask.CompletedTask;
    }

    public ValueTask DelayedAsync(SceneSpec scene, Exception fault, TimeSpan wait)
    {
        OnDelayed(fault);
        return ValueTask.CompletedTask;
    }

    public ValueTask BrokenAsync(SceneId scene, Exception fault)
    {
        Lines.Enqueue($"broken {scene}: {fault.Message}");
        Closing(scene.Value).TrySetException(fault);
        return ValueTask.CompletedTask;
    }

    public ValueTask MissedAsync(SceneSpec scene, string sentence)
    {
        Lines.Enqueue($"missed {scene.Id}: {sentence}");
        Closing(scene.Id.Value).TrySetException(new InvalidOperationException(sentence));
        return ValueTask.CompletedTask;
    }

    public ValueTask QuarantinedAsync(SceneSpec scene, string sentence)
    {
        Lines.Enqueue($"quarantined {scene.Id}: {sentence}");
        return ValueTask.CompletedTask;
    }

    public ValueTask FailedAsync(SceneSpec scene, Exception fault)
    {
        Lines.Enqueue($"failed {scene.Id}: {fault.Message}");
        Closing(scene.Id.Value).TrySetException(fault);
        return ValueTask.CompletedTask;
    }

    private TaskCompletionSource<SceneOutcome> Closing(string scene) =>
        _closed.GetOrAdd(scene, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
