using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Tests.Journal;

/// <summary>A journal in memory, as simple as can be: the measure for those that are not, and a stand-in for tests that
/// need one. Passes the same contract.</summary>
internal sealed class MemoryJournal : ISceneJournal
{
    private readonly MemoryStore _store;
    private readonly MemoryOutbox _outbox;

    public MemoryJournal(MemoryStore store)
    {
        (_store, _outbox) = (store, new MemoryOutbox(store));
        var number = store.Runs.Count + 1;
        Run = new(number, DateTimeOffset.UnixEpoch, [.. store.Runs.Where(run => !run.Value).Select(run => run.Key)]);
        store.Runs.Add(number, false);
    }

    public JournalRun Run { get; }

    public IJournalOutbox Outbox => _outbox;

    public ValueTask<ISceneWriter> OpenWriterAsync(SceneId scene, CancellationToken cancellation = default) =>
        _outbox.Do<ISceneWriter>(
            () =>
            {
                var known = _store.Find(scene) ?? (_store.Scenes[scene.Value] = new(new SceneListing(scene, 0)));
                known.Listing = known.Listing with { Epoch = ++_store.LastEpoch };
                return new Writer(this, known.Listing);
            },
            cancellation);

    public ValueTask<SceneListing?> FindAsync(SceneId scene, CancellationToken cancellation = default) =>
        _outbox.Do(() => _store.Find(scene)?.Listing is { LastSequence: > 0 } listing ? listing : null, cancellation);

    public async IAsyncEnumerable<RecordedFact> ReadAsync(
        SceneId scene, long after = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var fact in await _outbox.Do(() => _store.Find(scene)?.Facts.ToArray() ?? [], cancellation))
        {
            if (fact.Sequence > after)
            {
                yield return fact;
            }
        }
    }

    public ValueTask<ImmutableArray<SceneListing>> ListOpenAsync(CancellationToken cancellation = default) => List(
        scenes => scenes.Where(scene => scene.Standing == SceneStanding.Open)
            .OrderBy(scene => scene.Deadline ?? DateTimeOffset.MaxValue).ThenByDescending(scene => scene.Priority)
            .ThenBy(scene => scene.OpenedAt).ThenBy(scene => scene.Scene.Value, StringComparer.Ordinal),
        cancellation);

    public ValueTask<ImmutableArray<SceneListing>> ListClosedAsync(
        DateTimeOffset before, int limit, CancellationToken cancellation = default) => List(
        scenes => scenes.Where(scene => scene.Standing != SceneStanding.Open && scene.StandsSince < before)
            .OrderBy(scene => scene.StandsSince).ThenBy(scene => scene.Scene.Value, StringComparer.Ordinal).Take(limit),
        cancellation);

    public async ValueTask<ListedScenes> ListClosedSinceAsync(
        DateTimeOffset since, int limit, CancellationToken cancellation = default) => new(await List(
        scenes => scenes.Where(scene => scene.Standing != SceneStanding.Open && scene.StandsSince >= since)
            .OrderByDescending(scene => scene.StandsSince).ThenBy(scene => scene.Scene.Value, StringComparer.Ordinal)
            .Take(limit),
        cancellation), []);

    public ValueTask<ImmutableHashSet<SceneId>> ListUnacknowledgedAsync(CancellationToken cancellation = default) =>
        _outbox.Do(
            () => _store.Outbox.Values.Select(entry => entry.Scene).OfType<SceneId>().ToImmutableHashSet(),
                cancellation);

    public ValueTask<ForgetOutcome> ForgetAsync(SceneId scene, CancellationToken cancellation = default) => _outbox.Do(
        () => _store.Find(scene) switch
        {
            null => ForgetOutcome.Unknown,
            { Listing: { Standing: SceneStanding.Open, LastSequence: > 0 } } => ForgetOutcome.StillOpen,
            _ when _store.Outbox.Values.Any(entry => entry.Scene == scene) => ForgetOutcome.MessagesWait,
            _ => _store.Scenes.Remove(scene.Value) ? ForgetOutcome.Forgotten : ForgetOutcome.Unknown,
        },
        cancellation);

    public async ValueTask EndRunAsync(CancellationToken cancellation = default) =>
        await _outbox.Do(() => _store.Runs[Run.Number] = true, cancellation);

    public ValueTask DisposeAsync()
    {
        _outbox.Close();
        return ValueTask.CompletedTask;
    }

    private ValueTask<ImmutableArray<SceneListing>> List(
        Func<IEnumerable<SceneListing>, IEnumerable<SceneListing>> choose, CancellationToken cancellation) =>
        _outbox.Do(
            () => choose(_store.Scenes.Values.Select(scene => scene.Listing).Where(
                scene => scene.LastSequence > 0 && !scene.Scene.IsStream))
                .ToImmutableArray(),
            cancellation);

    private sealed class Writer(MemoryJournal journal, SceneListing opened) : ISceneWriter
    {
        public SceneId Scene => opened.Scene;

        public long Epoch => opened.Epoch;

        public long OpenedAfter => opened.LastSequence;

        public ValueTask<long> AppendAsync(SceneAppend append, CancellationToken cancellation = default)
        {
            if (append.Facts.Sum(fact => (long)SampleFacts.Text(fact).Length) > SceneAppend.MaxBytes)
            {
                throw new ArgumentException("too large", nameof(append));
            }

            return journal._outbox.Do(() => Append(append), cancellation);
        }

        private long Append(SceneAppend append)
        {
            var scene = journal._store.Find(Scene);
            if (scene?.Listing.Epoch != Epoch)
            {
                throw new StaleEpochException(Scene, Epoch, scene?.Listing.Epoch);
            }

            journal._outbox.Add(Scene, append.At, append.Messages, scene.Said);
            foreach (var fact in append.Facts)
            {
                var recorded = new RecordedFact(scene.Facts.Count + 1, Epoch, append.At, fact);
                scene.Facts.Add(recorded);
                scene.Listing = scene.Listing.With(recorded);
            }

            return scene.Facts.Count;
        }
    }
}
