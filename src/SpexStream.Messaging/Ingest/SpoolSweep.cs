using System.Collections.Immutable;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Messaging.Ingest;

/// <summary>Clears the spool of scenes that are over. Comes behind the listener that publishes: what it throws keeps the
/// files.</summary>
public sealed class SpoolSweep(Spool spool) : ISceneEvents
{
    /// <inheritdoc/>
    public ValueTask OpenedAsync(SceneSpec scene) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask ProgressedAsync(SceneSpec scene, SceneProgressFacts progress) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask StripSummarisedAsync(SceneSpec scene, StripEntry strip, ImmutableArray<ClassFacts> classes) =>
        ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask ClosedAsync(SceneOutcome outcome)
    {
        spool.Sweep(outcome.Scene.Id);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask TileGivenUpAsync(SceneSpec scene, string reason) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask FailedAsync(SceneSpec scene, Exception fault)
    {
        spool.Leave(scene.Id);
        return ValueTask.CompletedTask;
    }
}
