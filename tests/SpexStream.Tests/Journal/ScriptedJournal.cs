using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Tests.Journal;

/// <summary>A journal that answers when a test wants it to.</summary>
internal sealed class ScriptedJournal : ISceneJournal
{
    private readonly MemoryStore _store = new();
    private readonly MemoryJournal _inner;

    public ScriptedJournal() => _inner = new(_store);

    /// <summary>Goes before each answer on a scene.</summary>
    public Func<Task> BeforeFind { get; set; } = () => Task.CompletedTask;

    /// <summary>Goes before each list of open scenes.</summary>
    public Func<Task> BeforeList { get; set; } = () => Task.CompletedTask;

    public JournalRun Run => _inner.Run;

    public IJournalOutbox Outbox => _inner.Outbox;

    /// <summary>The journal knows the scene.</summary>
    public void Know(SceneId scene, SceneStanding standing)
    {
        lock (_store.Lock)
        {
            _store.Scenes[scene.Value] = new(new SceneListing(scene, 0) { LastSequence = 3, Standing = standing });
        }
    }

    public async ValueTask<SceneListing?> FindAsync(SceneId scene, CancellationToken cancellation = default)
    {
        await BeforeFind();
        return await _inner.FindAsync(scene, cancellation);
    }

    public async ValueTask<ImmutableArray<SceneListing>> ListOpenAsync(CancellationToken cancellation = default)
    {
        await BeforeList();
        return await _inner.ListOpenAsync(cancellation);
    }

    public IAsyncEnumerable<RecordedFact> ReadAsync(
        SceneId scene, long after = 0, CancellationToken cancellation = default) =>
        _inner.ReadAsync(scene, after, cancellation);

    public ValueTask<ImmutableArray<SceneListing>> ListClosedAsync(
        DateTimeOffset before, int limit, CancellationToken cancellation = default) =>
        _inner.ListClosedAsync(before, limit, cancellation);

    public ValueTask<ImmutableArray<SceneListing>> ListClosedSinceAsync(
        DateTimeOffset since, int limit, CancellationToken cancellation = default) =>
        _inner.ListClosedSinceAsync(since, limit, cancellation);

    public ValueTask<ImmutableHashSet<SceneId>> ListUnacknowledgedAsync(CancellationToken cancellation = default) =>
        _inner.ListUnacknowledgedAsync(cancellation);

    public ValueTask<ISceneWriter> OpenWriterAsync(SceneId scene, CancellationToken cancellation = default) =>
        _inner.OpenWriterAsync(scene, cancellation);

    public ValueTask<ForgetOutcome> ForgetAsync(SceneId scene, CancellationToken cancellation = default) =>
        _inner.ForgetAsync(scene, cancellation);

    public ValueTask EndRunAsync(CancellationToken cancellation = default) => _inner.EndRunAsync(cancellation);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
