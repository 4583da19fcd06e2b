using Npgsql;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Commits;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Postgres;

/// <summary>
/// The first exchange of a transaction: begins it, locks and reads what its writes are about. Locks are taken in one
/// order by everybody (epochs, scenes by name, the outbox's counter), so that groups of several nodes do not stand in
/// each other's way for ever.
/// </summary>
internal sealed class UnitLookup(JournalPlace place, NodeRun self)
{
    private long _writes;

    /// <summary>Begins a transaction.</summary>
    /// <returns>What is known, and the transaction's marks, by which its end can be found out.</returns>
    /// <exception cref="JournalUnavailableException">The database does not know this run.</exception>
    public (UnitKnowledge Known, TransactionMark Mark) Begin(
        NpgsqlConnection connection, IReadOnlyList<JournalWrite> group, bool flushed)
    {
        var known = new UnitKnowledge();
        var mark = default(TransactionMark?);
        var number = ++_writes;
        using var batch = new NpgsqlBatch(connection);
        var readers = new List<Action<NpgsqlDataReader>>();
        batch.Add("BEGIN");
        if (!flushed)
        {
            batch.Add("SET LOCAL synchronous_commit = off");
        }

        // In the first exchange: whoever looks the mark up waits for the row, and so for the end of the transaction.
        Ask("UPDATE runs SET last_write = $1 WHERE number = $2 RETURNING pg_backend_pid(), transaction_timestamp()",
            row => mark = new(number, row.GetInt32(0), row.GetDateTime(1)), number, self.Number);
        var subjects = group.Select(write => write.Subject).ToArray();
        if (subjects.Any(subject => subject.TakesEpoch))
        {
            Ask("SELECT last FROM counters WHERE name = 'epoch' FOR UPDATE", row => known.LastEpoch = row.GetInt64(0));
        }

        AskOfScenes(subjects);
        AskOfMessages(subjects);
        AskOfLetters(subjects);
        using var reader = batch.ExecuteReader();
        foreach (var read in readers)
        {
            while (reader.Read())
            {
                read(reader);
            }

            reader.NextResult();
        }

        return (known, mark ?? throw Unknown());

        void Ask(string sql, Action<NpgsqlDataReader> read, params ReadOnlySpan<object> values)
        {
            batch.Add(sql, values);
            readers.Add(read);
        }

        void AskOfScenes(WriteSubject[] about)
        {
            var scenes = about.Select(subject => subject.Scene).OfType<string>().Distinct().ToArray();
            if (scenes.Length > 0)
            {
                Ask($"SELECT {SceneRow.Columns} FROM scenes WHERE name = ANY ($1) ORDER BY name FOR UPDATE",
                    Learn, [scenes]);
            }

            var contested = about.Where(subject => subject.TakesEpoch || subject.Forgets)
                .Select(subject => subject.Role ?? subject.Scene!).Distinct().ToArray();
            if (contested.Length > 0)
            {
                Ask("SELECT scene, node, expires_at - clock_timestamp() FROM leases WHERE scene = ANY ($1) "
                    + "AND node <> $2 AND expires_at > clock_timestamp()",
                    row => known.Owners[row.GetString(0)] = new(row.GetString(1), row.GetTimeSpan(2)), contested,
                    self.Node);
                Ask("SELECT DISTINCT scene FROM outbox WHERE scene = ANY ($1)",
                    row => known.Waiting.Add(row.GetString(0)), [contested]);
            }
        }

        void AskOfLetters(WriteSubject[] about)
        {
            var letters = about.Select(subject => subject.Letter).OfType<InboxLetter>().ToArray();
            string[] scenes = [.. letters.Select(letter => letter.Scene)];
            var forgotten = about.Where(subject => subject.Forgets).Select(subject => subject.Scene!);
            string[] counted = [.. forgotten.Concat(scenes).Distinct()];
            if (counted.Length > 0)
            {
                Ask("SELECT scene, count(*) FROM strips WHERE scene = ANY ($1) AND set_aside IS NULL GROUP BY scene",
                    row => known.Letters.Add(row.GetString(0), row.GetInt64(1)), [counted]);
            }

            if (letters.Length > 0)
            {
                Ask("SELECT digest FROM strips JOIN unnest($1, $2) AS asked (scene, digest) USING (scene, digest)",
                    row => known.LettersThere.Add(Convert.ToHexString((byte[])row[0])),
                    scenes, letters.Select(letter => letter.Digest).ToArray());
            }
        }

        void AskOfMessages(WriteSubject[] about)
        {
            var ids = about.SelectMany(subject => subject.Messages, (subject, message) =>
                (Scene: subject.Scene ?? string.Empty, Id: message.Message.EventId))
                .Where(said => said.Id.Length > 0).Distinct().ToArray();
            var (ofScenes, posted) =
                (ids.Where(id => id.Scene.Length > 0).ToArray(), ids.Where(id => id.Scene.Length == 0).ToArray());
            if (ofScenes.Length > 0)
            {
                Ask("SELECT e.scene, e.id FROM events e JOIN unnest($1, $2) AS asked (scene, id) USING (scene, id)",
                    Say, ofScenes.Select(id => id.Scene).ToArray(), ofScenes.Select(id => id.Id).ToArray());
            }

            if (posted.Length > 0)
            {
                // No row of a scene keeps two nodes from posting the same at the same time.
                Ask("SELECT last FROM counters WHERE name = 'outbox' FOR UPDATE", _ => { });
                Ask("SELECT scene, event_id FROM outbox WHERE scene = '' AND event_id = ANY ($1)",
                    Say, [posted.Select(id => id.Id).ToArray()]);
            }
        }

        void Learn(NpgsqlDataReader row)
        {
            try
            {
                known.Scenes.Add(row.GetString(0), SceneRow.Read(row, place));
            }
            catch (JournalDamagedException damaged)
            {
                // Only who asks for this scene has to hear of it.
                known.Damaged.Add(row.GetString(0), damaged);
            }
        }

        // As after a failover to a copy that was behind.
        JournalUnavailableException Unknown() => new(
            $"The journal {place.Name} does not know this run: it is an older copy of what it was; restart.");

        void Say(NpgsqlDataReader row) => known.SaidIn(row.GetString(0)).Add(row.GetString(1));
    }
}
