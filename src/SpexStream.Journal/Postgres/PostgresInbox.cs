using System.Collections.Immutable;
using Npgsql;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Commits;
using SpexStream.Journal.Facts;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Postgres;

/// <summary>The inbox of all scenes as a table; what is put there shares transactions and flushes with the
/// facts.</summary>
internal sealed class PostgresInbox(
    PostgresSessions sessions, CommitLoop commits, int limitPerScene, NewsDesk news, TimeProvider time,
    Action<long, string>? onSetAside) : IStripInbox
{
    private const int BytesOfKey = 8;

    public async ValueTask<InboxOutcome> PutAsync(InboxItem item, CancellationToken cancellation = default)
    {
        var letter = InboxLetter.Of(item);
        var at = time.GetUtcNow().UtcTicks;
        return await commits.WriteAsync(
            new() { Letter = letter }, session => ((UnitOfWork)session).Put(letter, at, limitPerScene),
            Durability.PowerCut, letter.Body.Length, cancellation).ConfigureAwait(false);
    }

    public async ValueTask<ImmutableArray<InboxEntry>> ReadAsync(
        SceneId scene, long after, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        while (true)
        {
            var rows = await sessions.RowsAsync(
                batch => batch.Add(
                    "SELECT key, node, at, body, digest FROM strips WHERE scene = $1 AND key > $2 "
                    + "AND set_aside IS NULL ORDER BY key LIMIT $3",
                    scene.Value, after, limit),
                row => (Key: row.GetInt64(0), Entry: Read(row, scene)), cancellation).ConfigureAwait(false);
            var damaged = rows.Where(row => row.Entry is null).Select(row => row.Key).ToArray();
            if (damaged.Length > 0)
            {
                await SetAsideAsync(damaged, cancellation).ConfigureAwait(false);
            }

            // A page of nothing but damage is not the end.
            if (rows.Count == 0 || damaged.Length < rows.Count)
            {
                return [.. rows.Select(row => row.Entry).OfType<InboxEntry>()];
            }
        }
    }

    public ValueTask WaitAsync(SceneId scene, long after, CancellationToken cancellation) => news.WaitAsync(
        News.Letters(scene.Value),
        async stop => !(await ReadAsync(scene, after, 1, stop).ConfigureAwait(false)).IsEmpty, cancellation);

    public async ValueTask RemoveAsync(ImmutableArray<long> keys, CancellationToken cancellation = default)
    {
        if (!keys.IsEmpty)
        {
            await commits.WriteAsync(
                WriteSubject.Nothing, session => ((UnitOfWork)session).RemoveLetters(keys), Durability.Crash,
                (long)keys.Length * BytesOfKey, cancellation).ConfigureAwait(false);
        }
    }

    public async ValueTask<long> CountAsync(CancellationToken cancellation = default) => (await sessions.RowsAsync(
        batch => batch.Add("SELECT count(*) FROM strips WHERE set_aside IS NULL"), row => row.GetInt64(0), cancellation)
        .ConfigureAwait(false))[0];

    // One that cannot be believed must not keep the others from their scene; it stays where it is, for people.
    private async ValueTask SetAsideAsync(long[] keys, CancellationToken cancellation)
    {
        const string Reason = "this strip of the inbox is not what was written";
        await sessions.RowsAsync(
            // The digest is made another, so that the same strip may come again.
            batch => batch.Add(
                "UPDATE strips SET set_aside = $1, digest = digest || '\\x00' WHERE key = ANY ($2) "
                + "AND set_aside IS NULL",
                Reason, keys),
            _ => true, cancellation).ConfigureAwait(false);
        foreach (var key in keys)
        {
            onSetAside?.Invoke(key, Reason);
        }
    }

    // Null for one that is damaged. One that a newer program wrote is left to that.
    private InboxEntry? Read(NpgsqlDataReader row, SceneId scene)
    {
        var (key, body) = (row.GetInt64(0), (byte[])row[3]);
        if (!InboxLetter.DigestOf(scene.Value, body).AsSpan().SequenceEqual((byte[])row[4]))
        {
            return null;
        }

        try
        {
            return new(key, row.GetString(1), Times.Read(row.GetInt64(2)), InboxFormat.Read(body));
        }
        catch (FactUnreadableException unreadable)
        {
            throw sessions.Place.Damaged($"strip {key} of the inbox {unreadable.Message}", unreadable);
        }
    }
}
