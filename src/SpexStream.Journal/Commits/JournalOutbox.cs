using System.Collections.Immutable;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Reading;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Commits;

/// <summary>The outbox, written in the same transactions as the facts.</summary>
/// <param name="commits">Writes.</param>
/// <param name="readers">Read.</param>
/// <param name="added">Rung when something was added.</param>
/// <param name="time">The clock.</param>
/// <param name="onSetAside">Told of each message that is damaged.</param>
/// <param name="lookAgain">After how long one looks although nothing rang.</param>
internal sealed class JournalOutbox(
    CommitLoop commits, ReaderPool readers, Bell added, TimeProvider time, Action<long, string>? onSetAside,
    TimeSpan lookAgain) : IJournalOutbox
{
    private const int BytesOfKey = 8;

    public async ValueTask PostAsync(
        DateTimeOffset at, ImmutableArray<OutgoingMessage> messages, CancellationToken cancellation = default)
    {
        var encoded = EncodedAppend.Of(at, [], messages);
        await commits.WriteAsync(
            new() { Messages = encoded.Messages }, session => session.Post(encoded), Durability.PowerCut,
            encoded.Bytes, cancellation).ConfigureAwait(false);
    }

    public async ValueTask<ImmutableArray<OutboxEntry>> ReadAsync(
        long after, int maxEntries, long maxBytes, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEntries, 1);
        while (true)
        {
            var page = await readers.AskAsync(session => session.Messages(after, maxEntries, maxBytes), cancellation)
                .ConfigureAwait(false);
            if (!page.Damaged.IsEmpty)
            {
                await SetAsideAsync(page.Damaged, cancellation).ConfigureAwait(false);
            }

            // A page of nothing but damage is not the end.
            if (!page.Entries.IsEmpty || page.Damaged.IsEmpty)
            {
                return page.Entries;
            }
        }
    }

    // One that cannot be believed must not keep the others from going out; it stays where it is, marked, for people.
    private async ValueTask SetAsideAsync(ImmutableArray<DamagedMessage> damaged, CancellationToken cancellation)
    {
        var at = time.GetUtcNow().UtcTicks;
        await commits.WriteAsync(
            WriteSubject.Nothing, session => session.SetAside(damaged, at), Durability.PowerCut,
            (long)damaged.Length * BytesOfKey, cancellation).ConfigureAwait(false);
        foreach (var (key, reason) in damaged)
        {
            onSetAside?.Invoke(key, reason);
        }
    }

    public async ValueTask WaitAsync(long after, CancellationToken cancellation)
    {
        while (true)
        {
            // Taken before the look, so that what comes in between is not missed.
            var next = added.Next;
            if (await readers.AskAsync(session => session.HasMessageBehind(after), cancellation).ConfigureAwait(false))
            {
                return;
            }

            await next.WaitAsync(lookAgain, time, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DeleteAsync(ImmutableArray<long> keys, CancellationToken cancellation = default)
    {
        if (!keys.IsEmpty)
        {
            await commits.WriteAsync(
                WriteSubject.Nothing, session => session.DeleteMessages(keys), Durability.Crash,
                (long)keys.Length * BytesOfKey, cancellation).ConfigureAwait(false);
        }
    }

    public ValueTask<OutboxDepth> MeasureAsync(CancellationToken cancellation = default) =>
        readers.AskAsync(session => session.Depth(), cancellation);
}
