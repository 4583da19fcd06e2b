using Npgsql;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Postgres;

/// <summary>The second exchange of a transaction: writes what was decided, commits, and tells the other
/// nodes.</summary>
internal static class UnitFlush
{
    private const string PutScenes =
        $"INSERT INTO scenes ({SceneRow.Columns}) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
        + "ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, last_sequence = excluded.last_sequence, "
        + "standing = excluded.standing, opened_at = excluded.opened_at, stands_since = excluded.stands_since, "
        + "deadline = excluded.deadline, priority = excluded.priority, revision = excluded.revision, "
        + "folder = excluded.folder, seal = excluded.seal";

    private const string PutMessages =
        "WITH counted AS (UPDATE counters SET last = last + $1 WHERE name = 'outbox' RETURNING last - $1 AS before) "
        + $"INSERT INTO outbox (key, {OutboxRow.Columns}) "
        + "SELECT counted.before + m.place, m.scene, m.at, m.event_id, m.event_type, m.topic, m.content_type, "
        + "m.properties, m.payload, m.qos, m.retain, m.is_text, m.expiry, m.digest, m.seal "
        + "FROM counted, unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) WITH ORDINALITY "
        + $"AS m ({OutboxRow.Columns}, place)";

    private static readonly string[] TablesOfScene = ["facts", "events", "leases", "tiles"];

    /// <summary>Writes and commits.</summary>
    public static void Commit(NpgsqlConnection connection, UnitOfWork unit, NodeRun self)
    {
        using var batch = new NpgsqlBatch(connection);
        AddForgotten(batch, unit);
        AddFacts(batch, unit);
        AddMessages(batch, unit);
        AddShared(batch, unit, self);
        if (unit.EndedRuns.Count > 0)
        {
            batch.Add("UPDATE runs SET ended_at = ended.at FROM unnest($1, $2) AS ended (number, at) "
                + "WHERE runs.number = ended.number",
                unit.EndedRuns.Select(run => run.Number).ToArray(), unit.EndedRuns.Select(run => run.At).ToArray());
        }

        batch.Add("COMMIT");
        // Behind the commit: a transaction that only tells takes no number and no flush, and holds nobody up.
        AddNews(batch, News.Of(unit));
        batch.ExecuteNonQuery();
    }

    /// <summary>Tells the other nodes; nothing when there is nothing to tell.</summary>
    public static void AddNews(NpgsqlBatch batch, UnitNews news)
    {
        if (news.Words.Length > 0)
        {
            batch.Add($"SELECT pg_notify('{PostgresSchema.Channel}', said) FROM unnest($1) AS said", [news.Words]);
        }

        if (news.Scenes.Length > 0)
        {
            // It makes every node look at everything, so not for each letter to an owner. Behind the commit: whoever
            // gives the scene back later says it himself, and what waits can be seen by then.
            batch.Add(
                $"SELECT pg_notify('{PostgresSchema.Channel}', '{News.Free}') WHERE EXISTS "
                + "(SELECT FROM unnest($1) AS put (scene) WHERE NOT EXISTS (SELECT FROM leases "
                + "WHERE leases.scene = put.scene AND expires_at > clock_timestamp()))",
                [news.Scenes]);
        }
    }

    private static void AddForgotten(NpgsqlBatch batch, UnitOfWork unit)
    {
        if (unit.Forgotten.Count == 0)
        {
            return;
        }

        string[] names = [.. unit.Forgotten];
        foreach (var table in TablesOfScene)
        {
            batch.Add($"DELETE FROM {table} WHERE scene = ANY ($1)", [names]);
        }

        // Another that was accepted meanwhile stays, and begins the scene anew.
        batch.Add("DELETE FROM strips WHERE scene = ANY ($1) AND set_aside IS NOT NULL", [names]);
        batch.Add("DELETE FROM scenes WHERE name = ANY ($1)", [names]);
    }

    private static void AddFacts(NpgsqlBatch batch, UnitOfWork unit)
    {
        if (unit.LastEpoch is { } epoch)
        {
            batch.Add("UPDATE counters SET last = $1 WHERE name = 'epoch'", epoch);
        }

        var facts = unit.Facts;
        if (facts.Count > 0)
        {
            batch.Add($"INSERT INTO facts (scene, {FactRow.Columns}) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)",
                Column(facts, fact => fact.Scene), Column(facts, fact => fact.Sequence),
                Column(facts, fact => fact.Epoch), Column(facts, fact => fact.At), Column(facts, fact => fact.Body),
                Column(facts, fact => fact.Seal));
        }

        // By name, so that rows that are new are claimed in the same order by all.
        var rows = unit.Changed.OrderBy(scene => scene.Scene.Value, StringComparer.Ordinal)
            .Select(SceneRow.Values).ToList();
        if (rows.Count > 0)
        {
            batch.Add(PutScenes,
                Texts(rows, 0), Numbers(rows, 1), Numbers(rows, 2), Numbers(rows, 3), Numbers(rows, 4),
                Numbers(rows, 5), Numbers(rows, 6), Numbers(rows, 7), Numbers(rows, 8), Texts(rows, 9),
                Numbers(rows, 10));
        }
    }

    private static void AddMessages(NpgsqlBatch batch, UnitOfWork unit)
    {
        if (unit.Events.Count > 0)
        {
            batch.Add("INSERT INTO events (scene, id, digest) SELECT * FROM unnest($1, $2, $3)",
                Column(unit.Events, said => said.Scene), Column(unit.Events, said => said.Id),
                Column(unit.Events, said => said.Digest));
        }

        if (unit.Damaged.Count > 0)
        {
            batch.Add("INSERT INTO set_aside (key, at, reason) SELECT * FROM unnest($1, $2, $3) "
                + "ON CONFLICT DO NOTHING",
                Column(unit.Damaged, aside => aside.Message.Key), Column(unit.Damaged, aside => aside.At),
                Column(unit.Damaged, aside => aside.Message.Reason));
        }

        if (unit.Deleted.Count > 0)
        {
            batch.Add("DELETE FROM outbox WHERE key = ANY ($1)", [unit.Deleted.ToArray()]);
        }

        var rows = unit.Messages.Select(entry => OutboxRow.Values(entry.Scene, entry.At, entry.Message)).ToList();
        if (rows.Count > 0)
        {
            batch.Add(PutMessages,
                (long)rows.Count, Texts(rows, 0), Numbers(rows, 1), Texts(rows, 2), Texts(rows, 3), Texts(rows, 4),
                Texts(rows, 5), Column(rows, row => (byte[])row[6]!), Column(rows, row => (byte[])row[7]!),
                Numbers(rows, 8), Numbers(rows, 9), Numbers(rows, 10), Numbers(rows, 11),
                Column(rows, row => (byte[])row[12]!), Numbers(rows, 13));
        }
    }

    private static void AddShared(NpgsqlBatch batch, UnitOfWork unit, NodeRun self)
    {
        List<LeaseRow> leases = [.. unit.Leases.Values];
        if (leases.Count > 0)
        {
            // Counted from here, behind all waiting: the end is never earlier than its owner reckons.
            batch.Add("INSERT INTO leases (scene, node, run, epoch, expires_at) "
                + "SELECT l.scene, $1, $2, l.epoch, clock_timestamp() + l.term FROM unnest($3, $4, $5) "
                + "AS l (scene, epoch, term) ON CONFLICT (scene) DO UPDATE SET node = excluded.node, "
                + "run = excluded.run, epoch = excluded.epoch, expires_at = excluded.expires_at",
                self.Node, self.Number, Column(leases, lease => lease.Key), Column(leases, lease => lease.Epoch),
                Column(leases, lease => lease.Term));
        }

        if (unit.RemovedLetters.Count > 0)
        {
            batch.Add("DELETE FROM strips WHERE key = ANY ($1)", [unit.RemovedLetters.ToArray()]);
        }

        var letters = unit.Letters;
        if (letters.Count > 0)
        {
            batch.Add("WITH counted AS "
                + "(UPDATE counters SET last = last + $1 WHERE name = 'strip' RETURNING last - $1 AS before) "
                + "INSERT INTO strips (key, scene, node, at, body, digest) "
                + "SELECT counted.before + s.place, s.scene, $2, s.at, s.body, s.digest FROM counted, "
                + "unnest($3, $4, $5, $6) WITH ORDINALITY AS s (scene, at, body, digest, place) ON CONFLICT DO NOTHING",
                (long)letters.Count, self.Node, Column(letters, entry => entry.Letter.Scene),
                Column(letters, entry => entry.At), Column(letters, entry => entry.Letter.Body),
                Column(letters, entry => entry.Letter.Digest));
        }
    }

    private static TValue[] Column<T, TValue>(List<T> rows, Func<T, TValue> value) => [.. rows.Select(value)];

    private static string?[] Texts(List<object?[]> rows, int column) => Column(rows, row => (string?)row[column]);

    private static long?[] Numbers(List<object?[]> rows, int column) => Column(
        rows, row => row[column] is { } value
            ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) : (long?)null);
}
