using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// A journal for one run on one file: facts live as long as the process, so that a strip that comes again is known, and
/// messages go nowhere.
/// </summary>
internal sealed class ForgetfulJournal : ISceneJournal, IJournalOutbox
{
    private readonly ConcurrentDictionary<SceneId, Writer> _scenes = new();

    public JournalRun Run { get; } = new(1, DateTimeOffset.UnixEpoch, []);

    public IJournalOutbox Outbox => this;

    public ValueTask<ISceneWriter> OpenWriterAsync(SceneId scene, CancellationToken cancellation = default) =>
        ValueTask.FromResult<ISceneWriter>(
        _scenes.AddOrUpdate(scene, id => new Writer(id, 1, []), (id, old) => new Writer(id, old.Epoch + 1, old.Facts)));

    public ValueTask<SceneListing?> FindAsync(SceneId scene, CancellationToken cancellation = default) =>
        ValueTask.FromResult<SceneListing?>(null);

    public async IAsyncEnumerable<RecordedFact> ReadAsync(
        SceneId scene, long after = 0,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        foreach (var fact in _scenes.TryGetValue(scene, out var writer) ? writer.Facts : [])
        {
            yield return fact;
        }
    }

    public ValueTask<ImmutableArray<SceneListing>> ListOpenAsync(CancellationToken cancellation = default) =>
        ValueTask.FromResult<ImmutableArray<SceneListing>>([]);

    public ValueTask<ImmutableArray<SceneListing>> ListClosedAsync(
        DateTimeOffset before, int limit, CancellationToken cancellation = default) =>
        ValueTask.FromResult<ImmutableArray<SceneListing>>([]);

    public ValueTask<ListedScenes> ListClosedSinceAsync(
        DateTimeOffset since, int limit, CancellationToken cancellation = default) =>
        ValueTask.FromResult(new ListedScenes([], []));

    public ValueTask<ImmutableHashSet<SceneId>> ListUnacknowledgedAsync(CancellationToken cancellation = default) =>
        ValueTask.FromResult<ImmutableHashSet<SceneId>>([]);

    public ValueTask<ForgetOutcome> ForgetAsync(SceneId scene, CancellationToken cancellation = default) =>
        throw new NotSupportedException("Nothing here outlives the process.");

    public ValueTask EndRunAsync(CancellationToken cancellation = default) => ValueTask.CompletedTask;

    public ValueTask PostAsync(
        DateTimeOffset at, ImmutableArray<OutgoingMessage> messages, CancellationToken cancellation = default) =>
        ValueTask.CompletedTask;

    ValueTask<ImmutableArray<OutboxEntry>> IJournalOutbox.ReadAsync(
        long after, int maxEntries, long maxBytes, CancellationToken cancellation) =>
        ValueTask.FromResult<ImmutableArray<OutboxEntry>>([]);

    public ValueTask WaitAsync(long after, CancellationToken cancellation) =>
        new(Task.Delay(Timeout.Infinite, cancellation));

    public ValueTask DeleteAsync(ImmutableArray<long> keys, CancellationToken cancellation = default) =>
        ValueTask.CompletedTask;

    public ValueTask<OutboxDepth> MeasureAsync(CancellationToken cancellation = default) =>
        ValueTask.FromResult<OutboxDepth>(new(0, null));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Writer(SceneId scene, long epoch, List<RecordedFact> facts) : ISceneWriter
    {
        public SceneId Scene => scene;

        public long Epoch => epoch;

        public long OpenedAfter { get; } = facts.Count;

        public List<RecordedFact> Facts => facts;

        public ValueTask<long> AppendAsync(SceneAppend append, CancellationToken cancellation = default)
        {
            foreach (var fact in append.Facts)
            {
                facts.Add(new(facts.Count + 1, epoch, append.At, fact));
            }

            return ValueTask.FromResult((long)facts.Count);
        }
    }
}
