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
    PostgresSessions sessions, CommitLoop commits, int limitPerScene, NewsDesk news, TimeProvider time) : IStripInbox
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
        return
        [
            .. await sessions.RowsAsync(
                batch => batch.Add(
                    "SELECT key, node, at, body, digest FROM strips WHERE scene = $1 AND key > $2 "
                    + "ORDER BY key LIMIT $3",
                    scene.Value, after, limit),
                row => Read(row, scene), cancellation).ConfigureAwait(false),
        ];
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
        batch => batch.Add("SELECT count(*) FROM strips"), row => row.GetInt64(0), cancellation)
        .ConfigureAwait(false))[0];

    private InboxEntry Read(NpgsqlDataReader row, SceneId scene)
    {
        var (key, body) = (row.GetInt64(0), (byte[])row[3]);
        if (!InboxLetter.DigestOf(scene.Value, body).AsSpan().SequenceEqual((byte[])row[4]))
        {
            throw sessions.Place.Damaged($"strip {key} of the inbox is not what was written");
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
