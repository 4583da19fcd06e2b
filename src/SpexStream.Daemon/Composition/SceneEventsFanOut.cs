using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Daemon.Composition;

/// <summary>Tells several listeners, one after the other.</summary>
internal sealed class SceneEventsFanOut(params ImmutableArray<ISceneEvents> listeners) : ISceneEvents
{
    public ValueTask OpenedAsync(SceneSpec scene) => EachAsync(listener => listener.OpenedAsync(scene));

    public ValueTask ProgressedAsync(SceneSpec scene, SceneProgressFacts progress) =>
        EachAsync(listener => listener.ProgressedAsync(scene, progress));

    public ValueTask StripSummarisedAsync(SceneSpec scene, StripEntry strip, ImmutableArray<ClassFacts> classes) =>
        EachAsync(listener => listener.StripSummarisedAsync(scene, strip, classes));

    public ValueTask ClosedAsync(SceneOutcome outcome) => EachAsync(listener => listener.ClosedAsync(outcome));

    public ValueTask RetractedAsync(SceneSpec scene) => EachAsync(listener => listener.RetractedAsync(scene));

    public ValueTask TileGivenUpAsync(SceneSpec scene, string reason) =>
        EachAsync(listener => listener.TileGivenUpAsync(scene, reason));

    public ValueTask FailedAsync(SceneSpec scene, Exception fault) =>
        EachAsync(listener => listener.FailedAsync(scene, fault));

    public ValueTask DelayedAsync(SceneSpec scene, Exception fault, TimeSpan wait) =>
        EachAsync(listener => listener.DelayedAsync(scene, fault, wait));

    public ValueTask MissedAsync(SceneSpec scene, string sentence) =>
        EachAsync(listener => listener.MissedAsync(scene, sentence));

    public ValueTask QuarantinedAsync(SceneSpec scene, string sentence) =>
        EachAsync(listener => listener.QuarantinedAsync(scene, sentence));

    public ValueTask BrokenAsync(SceneId scene, Exception fault) =>
        EachAsync(listener => listener.BrokenAsync(scene, fault));

    private async ValueTask EachAsync(Func<ISceneEvents, ValueTask> tell)
    {
        foreach (var listener in listeners)
        {
            await tell(listener);
        }
    }
}
