using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>
/// Told by a runtime what happens to scenes. Calls for one scene come one after the other, in order; calls for
/// different scenes may come at once. A slow listener slows its scene down.
/// </summary>
public interface ISceneEvents
{
    /// <summary>A scene's first strip was accepted.</summary>
    ValueTask OpenedAsync(SceneSpec scene);

    /// <summary>Work has gone on.</summary>
    ValueTask ProgressedAsync(SceneSpec scene, SceneProgressFacts progress);

    /// <summary>Every tile of a strip has an answer.</summary>
    ValueTask StripSummarisedAsync(SceneSpec scene, StripEntry strip, ImmutableArray<ClassFacts> classes);

    /// <summary>The scene's products are in place.</summary>
    ValueTask ClosedAsync(SceneOutcome outcome);

    /// <summary>The scene's product was withdrawn, and the journal says so.</summary>
    ValueTask RetractedAsync(SceneSpec scene) => ValueTask.CompletedTask;

    /// <summary>A tile was given up; its pixels are coded "no answer".</summary>
    ValueTask TileGivenUpAsync(SceneSpec scene, string reason);

    /// <summary>The disk would not take what a scene made; it is tried again.</summary>
    ValueTask DelayedAsync(SceneSpec scene, Exception fault, TimeSpan wait) => ValueTask.CompletedTask;

    /// <summary>A scene could not be finished; nothing of it was published as final.</summary>
    ValueTask FailedAsync(SceneSpec scene, Exception fault);

    /// <summary>A scene misses strips that it cannot do without; nothing of it was published as final.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="sentence">Which strips, and what can be done.</param>
    ValueTask MissedAsync(SceneSpec scene, string sentence) => ValueTask.CompletedTask;

    /// <summary>A strip that brought the process down again and again is worked on no more.</summary>
    /// <param name="scene">Its scene.</param>
    /// <param name="sentence">Which strip, and what can be done.</param>
    ValueTask QuarantinedAsync(SceneSpec scene, string sentence) => ValueTask.CompletedTask;

    /// <summary>A scene could not even be read from the journal, or its failure not written there.</summary>
    ValueTask BrokenAsync(SceneId scene, Exception fault);
}
