using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Tests.Journal;

/// <summary>The outbox of a <see cref="MemoryJournal"/>, and the lock under which all of it works.</summary>
internal sealed class MemoryOutbox(MemoryStore store) : IJournalOutbox
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _closed;

    /// <summary>Does something alone; a failure comes with the answer, as from a journal on a disk.</summary>
    public ValueTask<T> Do<T>(Func<T> work, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellation);
        }

        lock (store.Lock)
        {
            try
            {
                ObjectDisposedException.ThrowIf(_closed, this);
                return ValueTask.FromResult(work());
            }
            catch (Exception refused) when (refused is JournalException or ObjectDisposedException)
            {
                return ValueTask.FromException<T>(refused);
            }
        }
    }

    public void Close()
    {
        lock (store.Lock)
        {
            _closed = true;
            Raise();
        }
    }

    /// <summary>Adds what was not said before, or nothing when something was said otherwise.</summary>
    public void Add(
        SceneId? scene, DateTimeOffset at, ImmutableArray<OutgoingMessage> messages, Dictionary<string, string> said)
    {
        var next = new Dictionary<string, string>(said);
        var fresh = new List<OutgoingMessage>();
        foreach (var message in messages)
        {
            var text = SampleMessages.Text(message);
            if (message.EventId.Length == 0 || next.TryAdd(message.EventId, text))
            {
                fresh.Add(message);
            }
        }

        foreach (var message in fresh)
        {
            said[message.EventId] = next.GetValueOrDefault(message.EventId, string.Empty);
            store.Outbox.Add(++store.LastKey, new(store.LastKey, scene, at, message));
        }

        if (fresh.Count > 0)
        {
            Raise();
        }
    }

    public async ValueTask PostAsync(
        DateTimeOffset at, ImmutableArray<OutgoingMessage> messages, CancellationToken cancellation = default) =>
            await Do(
        () =>
        {
            var waiting = store.Outbox.Values.Where(entry => entry.Scene is null && entry.Message.EventId.Length > 0)
                .ToDictionary(entry => entry.Message.EventId, entry => SampleMessages.Text(entry.Message));
            Add(null, at, messages, waiting);
            return true;
        },
        cancellation);

    public ValueTask<ImmutableArray<OutboxEntry>> ReadAsync(
        long after, int maxEntries, long maxBytes, CancellationToken cancellation = default) => Do(
        () =>
        {
            var bytes = 0L;
            return store.Outbox.Values.Where(entry => entry.Key > after).Take(maxEntries)
                .TakeWhile(entry => (bytes += entry.Message.Payload.Length) - entry.Message.Payload.Length is var before
                    && (before == 0 || before < maxBytes)).ToImmutableArray();
        },
        cancellation);

    public async ValueTask WaitAsync(long after, CancellationToken cancellation)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (await Do(() => store.Outbox.Keys.Any(key => key > after), cancellation))
            {
                return;
            }

            await next.WaitAsync(cancellation);
        }
    }

    public async ValueTask DeleteAsync(ImmutableArray<long> keys, CancellationToken cancellation = default) =>
        await Do(() => keys.Count(store.Outbox.Remove), cancellation);

    public ValueTask<OutboxDepth> MeasureAsync(CancellationToken cancellation = default) =>
        Do(() => new OutboxDepth(store.Outbox.Count, store.Outbox.Values.FirstOrDefault()?.At), cancellation);

    private void Raise() =>
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
