using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// Tells a listener, and waits for it as long as the scenes are not abandoned: a listener that waits for a broker must
/// not hold up the end of the program. An abandoned scene has not failed, and nobody is told that it had.
/// </summary>
internal sealed class EventsUntilAbandoned(ISceneEvents listener, CancellationToken abandoned) : ISceneEvents
{
    public ValueTask OpenedAsync(SceneSpec scene) => Heard(listener.OpenedAsync(scene));

    public ValueTask ProgressedAsync(SceneSpec scene, SceneProgressFacts progress) =>
        Heard(listener.ProgressedAsync(scene, progress));

    public ValueTask StripSummarisedAsync(SceneSpec scene, StripEntry strip, ImmutableArray<ClassFacts> classes) =>
        Heard(listener.StripSummarisedAsync(scene, strip, classes));

    public ValueTask ClosedAsync(SceneOutcome outcome) => Heard(listener.ClosedAsync(outcome));

    public ValueTask RetractedAsync(SceneSpec scene) => Heard(listener.RetractedAsync(scene));

    public ValueTask TileGivenUpAsync(SceneSpec scene, string reason) =>
        Heard(listener.TileGivenUpAsync(scene, reason));

    public ValueTask FailedAsync(SceneSpec scene, Exception fault) =>
        abandoned.IsCancellationRequested ? ValueTask.CompletedTask : Heard(listener.FailedAsync(scene, fault));

    public ValueTask DelayedAsync(SceneSpec scene, Exception fault, TimeSpan wait) =>
        Heard(listener.DelayedAsync(scene, fault, wait));

    public ValueTask MissedAsync(SceneSpec scene, string sentence) => Heard(listener.MissedAsync(scene, sentence));

    public ValueTask QuarantinedAsync(SceneSpec scene, string sentence) =>
        Heard(listener.QuarantinedAsync(scene, sentence));

    public ValueTask BrokenAsync(SceneId scene, Exception fault) =>
        abandoned.IsCancellationRequested ? ValueTask.CompletedTask : Heard(listener.BrokenAsync(scene, fault));

    private ValueTask Heard(ValueTask telling) =>
        telling.IsCompletedSuccessfully ? telling : new(telling.AsTask().WaitAsync(abandoned));
}
