using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Messaging.Wire.Outgoing;
using ScenePhase = SpexStream.Domain.Messages.ScenePhase;

namespace SpexStream.Messaging.Publishing;

/// <summary>Keeps the retained progress of open scenes up to date: state, not events, so none of it is
/// journaled.</summary>
/// <param name="identity">Who speaks.</param>
/// <param name="tryPost">Takes a message if there is room; what it does not take is left out, for the next one says
/// more. The token takes it back as long as it waits: another owner of the scene says more by then.</param>
/// <param name="time">The clock.</param>
public sealed class ProgressPublisher(
    StationIdentity identity, Func<OutgoingMessage, CancellationToken, bool> tryPost, TimeProvider time) : ISceneEvents
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<SceneId, long> _progressSaid = new();

    /// <inheritdoc/>
    public ValueTask OpenedAsync(SceneSpec scene) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask ProgressedAsync(SceneSpec scene, SceneProgressFacts progress)
    {
        var now = time.GetTimestamp();
        var last = _progressSaid.GetValueOrDefault(scene.Id, long.MinValue);
        if (last != long.MinValue && time.GetElapsedTime(last, now) < ProgressEvery)
        {
            return ValueTask.CompletedTask;
        }

        _progressSaid[scene.Id] = now;
        tryPost(SceneProgressMessage.Encode(
            new SceneProgress
            {
                Platform = scene.Platform,
                Scene = scene.Id,
                Phase = ScenePhase.Open,
                Revision = progress.Revision,
                StripsReceived = progress.StripsArrived,
                StripsExpected = progress.StripsExpected,
                TilesDone = progress.TilesDone,
                TilesTotal = progress.TilesKnown,
                CompletenessPercent = progress.StripsExpected is { } count ? 100.0 * progress.StripsArrived / count : 0,
                Deadline = scene.Deadline,
                Epoch = progress.Epoch,
            },
            identity.Context(time.GetUtcNow()) with { TraceParent = SceneTrace.Of(scene) }), progress.Abandoned);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask StripSummarisedAsync(SceneSpec scene, StripEntry strip, ImmutableArray<ClassFacts> classes) =>
        ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask ClosedAsync(SceneOutcome outcome) => Forget(outcome.Scene.Id);

    /// <inheritdoc/>
    public ValueTask TileGivenUpAsync(SceneSpec scene, string reason) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask FailedAsync(SceneSpec scene, Exception fault) => Forget(scene.Id);

    /// <inheritdoc/>
    public ValueTask BrokenAsync(SceneId scene, Exception fault) => Forget(scene);

    private ValueTask Forget(SceneId scene)
    {
        _progressSaid.TryRemove(scene, out _);
        return ValueTask.CompletedTask;
    }
}
