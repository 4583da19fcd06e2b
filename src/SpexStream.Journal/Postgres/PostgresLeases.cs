using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Commits;

namespace SpexStream.Journal.Postgres;

/// <summary>Leases as rows; only the database's clock is ever read.</summary>
internal sealed class PostgresLeases(
    PostgresSessions sessions, CommitLoop commits, NodeRun self, NewsDesk news) : ISceneLeases
{
    private const int BytesOfWrite = 128;

    public string Node => self.Node;

    public async ValueTask<LeaseAnswer> AskAsync(
        LeaseKey key, TimeSpan term, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(term, TimeSpan.Zero);
        // Most questions are about what another node keeps: they lock nothing.
        var held = await sessions.RowsAsync(
            batch => batch.Add(
                "SELECT node, expires_at - clock_timestamp() FROM leases WHERE scene = $1 AND node <> $2 "
                + "AND expires_at > clock_timestamp()",
                key.Text, self.Node),
            row => new LeaseAnswer.HeldByOther(row.GetString(0), row.GetTimeSpan(1)), cancellation)
            .ConfigureAwait(false);
        if (held.Count > 0)
        {
            return held[0];
        }

        var subject = key.Scene is { } scene ? new WriteSubject { Scene = scene.Value, TakesEpoch = true }
            : new WriteSubject { Role = key.Text, TakesEpoch = true };
        return await commits.WriteAsync(
            subject,
            session => ((UnitOfWork)session).TakeLease(key, term, opened => new SceneWriter(commits, opened)),
            Durability.PowerCut, BytesOfWrite, cancellation).ConfigureAwait(false);
    }

    // Flushed like every write: a renewal that a crash of the database takes back would end before its owner reckons.
    public async ValueTask<ImmutableHashSet<HeldLease>> RenewAsync(
        ImmutableArray<HeldLease> leases, TimeSpan term, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(term, TimeSpan.Zero);
        // Renewals go past the thread that writes: who can write nothing more must not keep others from it.
        commits.ThrowIfBroken();
        if (leases.IsEmpty)
        {
            return [];
        }

        var renewed = await sessions.RowsAsync(
            batch => batch.Add(
                "UPDATE leases SET expires_at = clock_timestamp() + $1 FROM unnest($2, $3) AS mine (scene, epoch) "
                + "WHERE leases.scene = mine.scene AND leases.epoch = mine.epoch AND node = $4 AND run = $5 "
                + "AND expires_at > clock_timestamp() RETURNING leases.scene, leases.epoch",
                term, Keys(leases), Epochs(leases), self.Node, self.Number),
            row => new HeldLease(LeaseKey.Parse(row.GetString(0)), row.GetInt64(1)), cancellation)
            .ConfigureAwait(false);
        return [.. renewed];
    }

    public ValueTask ReleaseAsync(ImmutableArray<HeldLease> leases, CancellationToken cancellation = default) =>
        GiveBackAsync(leases, isOver: true, cancellation);

    public ValueTask LeaveAsync(ImmutableArray<HeldLease> leases, CancellationToken cancellation = default) =>
        GiveBackAsync(leases, isOver: false, cancellation);

    private async ValueTask GiveBackAsync(
        ImmutableArray<HeldLease> leases, bool isOver, CancellationToken cancellation)
    {
        if (!leases.IsEmpty)
        {
            await sessions.RowsAsync(
                batch =>
                {
                    batch.Add(
                        "DELETE FROM leases USING unnest($1, $2) AS mine (scene, epoch) "
                        + "WHERE leases.scene = mine.scene AND leases.epoch = mine.epoch",
                        Keys(leases), Epochs(leases));
                    if (isOver)
                    {
                        // What was leased and never begun leaves nothing; whoever is about to take it keeps its row.
                        batch.Add(
                            "DELETE FROM scenes WHERE name IN (SELECT s.name FROM scenes s JOIN unnest($1, $2) "
                            + "AS mine (scene, epoch) ON s.name = mine.scene AND s.epoch = mine.epoch "
                            + "WHERE s.last_sequence = 0 FOR UPDATE OF s SKIP LOCKED)",
                            Keys(leases), Epochs(leases));
                    }

                    batch.Add($"SELECT pg_notify('{PostgresSchema.Channel}', $1)", News.Free);
                },
                _ => true, cancellation).ConfigureAwait(false);
        }
    }

    public async ValueTask<ImmutableArray<LeaseListing>> ListAsync(CancellationToken cancellation = default) =>
    [
        .. await sessions.RowsAsync(
            batch => batch.Add(
                "SELECT scene, epoch, node, expires_at - clock_timestamp() FROM leases "
                + "WHERE expires_at > clock_timestamp() ORDER BY scene"),
            row => new LeaseListing(
                new(LeaseKey.Parse(row.GetString(0)), row.GetInt64(1)), row.GetString(2), row.GetTimeSpan(3)),
            cancellation).ConfigureAwait(false),
    ];

    public async ValueTask<ImmutableArray<SceneId>> ListFreeAsync(int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return
        [
            .. await sessions.RowsAsync(
                batch => batch.Add(
                    "SELECT name FROM (SELECT name, deadline, priority, 0 AS place FROM scenes "
                    + "WHERE standing = 0 AND last_sequence > 0 AND name NOT LIKE 'spex-stream.%' UNION ALL "
                    + "SELECT DISTINCT scene, NULL::bigint, 0::bigint, 1 FROM strips "
                    + "WHERE set_aside IS NULL AND NOT EXISTS "
                    + "(SELECT FROM scenes WHERE name = strips.scene AND standing = 0 AND last_sequence > 0)) "
                    + "AS wanted "
                    + "WHERE NOT EXISTS (SELECT FROM leases WHERE leases.scene = wanted.name "
                    + "AND expires_at > clock_timestamp()) "
                    + "ORDER BY place, deadline NULLS LAST, priority DESC, name LIMIT $1",
                    limit),
                row => SceneId.Parse(row.GetString(0)), cancellation).ConfigureAwait(false),
        ];
    }

    public Task WaitAsync(CancellationToken cancellation) => news.NextAsync(News.Free, cancellation);

    private static string[] Keys(ImmutableArray<HeldLease> leases) => [.. leases.Select(lease => lease.Key.Text)];

    private static long[] Epochs(ImmutableArray<HeldLease> leases) => [.. leases.Select(lease => lease.Epoch)];
}
