using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Daemon.Alerts;

/// <summary>Says of which scenes there is something to judge; never waits.</summary>
internal sealed class AlertEvents(Action<SceneId> look) : ISceneEvents
{
    public ValueTask OpenedAsync(SceneSpec scene) => ValueTask.CompletedTask;

    public ValueTask ProgressedAsync(SceneSpec scene, SceneProgressFacts progress) => ValueTask.CompletedTask;

    public ValueTask StripSummarisedAsync(SceneSpec scene, StripEntry strip, ImmutableArray<ClassFacts> classes) =>
        ValueTask.CompletedTask;

    public ValueTask ClosedAsync(SceneOutcome outcome)
    {
        look(outcome.Scene.Id);
        return ValueTask.CompletedTask;
    }

    public ValueTask RetractedAsync(SceneSpec scene)
    {
        look(scene.Id);
        return ValueTask.CompletedTask;
    }

    public ValueTask TileGivenUpAsync(SceneSpec scene, string reason) => ValueTask.CompletedTask;

    public ValueTask FailedAsync(SceneSpec scene, Exception fault) => ValueTask.CompletedTask;

    public ValueTask BrokenAsync(SceneId scene, Exception fault) => ValueTask.CompletedTask;
}
