using System.Collections.Immutable;
using Npgsql;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Postgres;

/// <summary>Tiles for every node as rows; who claims passes over what others are claiming at that moment.</summary>
internal sealed class PostgresTiles(PostgresSessions sessions, NodeRun self, NewsDesk news) : ITileBoard
{
    // What is lost with a crash of the database is offered or worked again.
    private const string Unflushed = "SELECT set_config('synchronous_commit', 'off', true)";
    private const string Tell = $"SELECT pg_notify('{PostgresSchema.Channel}', $1)";

    private const string Unclaimed = "(t.claimed_until IS NULL OR t.claimed_until <= clock_timestamp())";
    private const string Urgency = "s.deadline NULLS LAST, s.priority DESC";

    // Chosen without locks: who claims at the same time passes over what is taken here, and nothing else.
    private const string Reclaim =
        "UPDATE tiles SET ticket = nextval('tickets'), node = $1, claimed_until = clock_timestamp() + $2 "
        + "FROM (SELECT t.scene, t.number FROM unnest($3, $4, $5) AS own (scene, epoch, room) "
        + "JOIN scenes s ON s.name = own.scene AND s.epoch = own.epoch CROSS JOIN LATERAL ("
        + "SELECT t.number FROM tiles t WHERE t.scene = own.scene AND t.epoch = own.epoch AND t.result IS NULL "
        + $"AND {Unclaimed} ORDER BY t.place DESC LIMIT own.room) AS last "
        + "JOIN tiles t ON t.scene = own.scene AND t.number = last.number AND t.epoch = own.epoch "
        + $"WHERE t.result IS NULL AND {Unclaimed} "
        + $"ORDER BY {Urgency}, t.place DESC LIMIT $6 FOR UPDATE OF t SKIP LOCKED) AS free "
        + "WHERE tiles.scene = free.scene AND tiles.number = free.number RETURNING tiles.scene, tiles.number";

    private static readonly string Claim =
        "UPDATE tiles SET ticket = nextval('tickets'), node = $1, claimed_until = clock_timestamp() + $2, "
        + "attempts = attempts + 1 FROM (SELECT t.scene, t.number FROM tiles t "
        + "JOIN scenes s ON s.name = t.scene AND s.epoch = t.epoch AND s.standing = 0 WHERE t.result IS NULL "
        + $"AND t.attempts < {TileOffer.MaxAttempts} "
        + $"AND {Unclaimed} AND t.scene <> ALL ($4) "
        + $"ORDER BY {Urgency}, t.place LIMIT $3 FOR UPDATE OF t SKIP LOCKED) AS free "
        + "WHERE tiles.scene = free.scene AND tiles.number = free.number "
        + "RETURNING tiles.scene, tiles.epoch, tiles.number, tiles.work, tiles.ticket, tiles.attempts, tiles.place";

    private static readonly string Collect =
        "SELECT number, node, result FROM tiles WHERE scene = $1 AND epoch = $2 AND (result IS NOT NULL "
        + $"OR (attempts >= {TileOffer.MaxAttempts} AND claimed_until <= clock_timestamp())) ORDER BY place LIMIT $3";

    public async ValueTask OfferAsync(
        SceneId scene, long epoch, ImmutableArray<TileOffer> offers, CancellationToken cancellation = default)
    {
        foreach (var offer in offers)
        {
            Check(offer.Order, nameof(offers));
        }

        await FencedAsync(
            scene, epoch,
            batch =>
            {
                batch.Add("INSERT INTO tiles (scene, epoch, number, work) SELECT $1, $2, o.number, o.work "
                    + "FROM unnest($3, $4) AS o (number, work) ON CONFLICT (scene, number) "
                    + "DO UPDATE SET epoch = excluded.epoch WHERE tiles.epoch <> excluded.epoch",
                    scene.Value, epoch, offers.Select(offer => offer.Number).ToArray(),
                    offers.Select(offer => offer.Order.ToArray()).ToArray());
                batch.Add(Tell, News.Work);
            },
            cancellation).ConfigureAwait(false);
    }

    public async ValueTask<ImmutableArray<TileClaim>> ClaimAsync(
        int max, TimeSpan term, ImmutableArray<SceneId> except, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        var claims = await sessions.RowsAsync(
            batch =>
            {
                batch.Add(Unflushed);
                batch.Add(Claim, self.Node, term, max, except.Select(scene => scene.Value).ToArray());
            },
            row => (Place: row.GetInt64(6), Claim: new TileClaim(
                SceneId.Parse(row.GetString(0)), row.GetInt64(1), new(row.GetString(2), (byte[])row[3]),
                row.GetInt64(4), row.GetInt32(5))),
            cancellation).ConfigureAwait(false);
        return [.. claims.OrderBy(claimed => claimed.Place).Select(claimed => claimed.Claim)];
    }

    public async ValueTask<ImmutableArray<(SceneId Scene, string Number)>> ReclaimAsync(
        ImmutableArray<SceneRoom> scenes, int max, TimeSpan term, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return
        [
            .. await sessions.RowsAsync(
                batch =>
                {
                    batch.Add(Unflushed);
                    batch.Add(
                        Reclaim, self.Node, term, scenes.Select(own => own.Scene.Value).ToArray(),
                        scenes.Select(own => own.Epoch).ToArray(), scenes.Select(own => own.Tiles).ToArray(), max);
                },
                row => (SceneId.Parse(row.GetString(0)), row.GetString(1)), cancellation).ConfigureAwait(false),
        ];
    }

    public async ValueTask<ImmutableHashSet<long>> RenewAsync(
        ImmutableArray<TileClaim> claims, TimeSpan term, CancellationToken cancellation = default) =>
    [
        .. await sessions.RowsAsync(
            batch =>
            {
                batch.Add(Unflushed);
                batch.Add("UPDATE tiles SET claimed_until = clock_timestamp() + $1 WHERE ticket = ANY ($2) "
                    + "AND result IS NULL AND claimed_until > clock_timestamp() RETURNING ticket",
                    term, Tickets(claims));
            },
            row => row.GetInt64(0), cancellation).ConfigureAwait(false),
    ];

    public async ValueTask<bool> AnswerAsync(
        TileClaim claim, ReadOnlyMemory<byte> result, CancellationToken cancellation = default)
    {
        Check(result, nameof(result));
        var taken = await sessions.RowsAsync(
            batch =>
            {
                batch.Add(Unflushed);
                batch.Add(Tell, News.Answers(claim.Scene.Value));
                batch.Add("UPDATE tiles SET result = $1 WHERE scene = $2 AND number = $3 AND ticket = $4 "
                    + "AND epoch = (SELECT epoch FROM scenes WHERE name = $2) RETURNING true",
                    result.ToArray(), claim.Scene.Value, claim.Offer.Number, claim.Ticket);
            },
            row => row.GetBoolean(0), cancellation).ConfigureAwait(false);
        return taken.Count > 0;
    }

    public async ValueTask ReturnAsync(ImmutableArray<TileClaim> claims, CancellationToken cancellation = default)
    {
        if (!claims.IsEmpty)
        {
            await sessions.RowsAsync(
                batch =>
                {
                    batch.Add("UPDATE tiles SET claimed_until = NULL, ticket = NULL, node = NULL, "
                        + "attempts = attempts - 1 WHERE ticket = ANY ($1) AND result IS NULL", [Tickets(claims)]);
                    batch.Add(Tell, News.Work);
                },
                _ => true, cancellation).ConfigureAwait(false);
        }
    }

    public async ValueTask<ImmutableArray<TileResult>> CollectAsync(
        SceneId scene, long epoch, int max, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return
        [
            .. await sessions.RowsAsync(
                batch => batch.Add(Collect, scene.Value, epoch, max),
                row => row.IsDBNull(2) ? new TileResult(row.GetString(0), null, default, IsGivenUp: true)
                    : new TileResult(row.GetString(0), row.GetString(1), (byte[])row[2], IsGivenUp: false),
                cancellation).ConfigureAwait(false),
        ];
    }

    public ValueTask WithdrawAsync(
        SceneId scene, long epoch, ImmutableArray<string> numbers, CancellationToken cancellation = default) =>
        FencedAsync(
            scene, epoch,
            batch => batch.Add(
                "DELETE FROM tiles WHERE scene = $1 AND number = ANY ($2)", scene.Value, numbers.ToArray()),
            cancellation);

    public ValueTask ClearAsync(SceneId scene, long epoch, CancellationToken cancellation = default) => FencedAsync(
        scene, epoch, batch => batch.Add("DELETE FROM tiles WHERE scene = $1", scene.Value), cancellation);

    public Task WaitForWorkAsync(CancellationToken cancellation) => news.NextAsync(News.Work, cancellation);

    public ValueTask WaitForAnswersAsync(SceneId scene, long epoch, CancellationToken cancellation) => news.WaitAsync(
        News.Answers(scene.Value),
        async stop => !(await CollectAsync(scene, epoch, 1, stop).ConfigureAwait(false)).IsEmpty, cancellation);

    private async ValueTask FencedAsync(
        SceneId scene, long epoch, Action<NpgsqlBatch> fill, CancellationToken cancellation)
    {
        var current = await sessions.AskAsync(
            async (connection, stop) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(stop).ConfigureAwait(false);
                await using var fence = new NpgsqlBatch(connection);
                fence.Add(Unflushed);
                // Held until the commit: nobody takes the scene over in between.
                fence.Add("SELECT epoch FROM scenes WHERE name = $1 FOR SHARE", scene.Value);
                var found = default(long?);
                await using (var row = await fence.ExecuteReaderAsync(stop).ConfigureAwait(false))
                {
                    await row.NextResultAsync(stop).ConfigureAwait(false);
                    found = await row.ReadAsync(stop).ConfigureAwait(false) ? row.GetInt64(0) : null;
                }

                if (found == epoch)
                {
                    await using var work = new NpgsqlBatch(connection);
                    fill(work);
                    await work.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
                    await transaction.CommitAsync(stop).ConfigureAwait(false);
                }

                return found;
            },
            cancellation).ConfigureAwait(false);
        if (current != epoch)
        {
            throw new StaleEpochException(scene, epoch, current);
        }
    }

    private static long[] Tickets(ImmutableArray<TileClaim> claims) => [.. claims.Select(claim => claim.Ticket)];

    private static void Check(ReadOnlyMemory<byte> bytes, string name)
    {
        if (bytes.Length > TileOffer.MaxBytes)
        {
            throw new ArgumentException(
                $"{bytes.Length} bytes are above the limit of {TileOffer.MaxBytes}; they go by the work folder.", name);
        }
    }
}
