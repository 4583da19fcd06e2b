using Npgsql;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Postgres;

/// <summary>
/// What became of a commit whose answer was lost. Whoever waits for it waits on: an answer that is a guess would lose a
/// strip, or write it twice. A transaction leaves its number in its run's row, so what is known of it is lost and kept
/// with its facts. For the writing thread.
/// </summary>
/// <param name="open">Gives a connection that is open; the caller closes it.</param>
/// <param name="place">Where the journal lies.</param>
/// <param name="self">This run.</param>
/// <param name="time">The clock.</param>
/// <param name="onTrouble">Told of each time that the database does not answer.</param>
/// <param name="stop">Ends the asking: it cannot be known then.</param>
internal sealed class TransactionOutcome(
    Func<NpgsqlConnection> open, JournalPlace place, NodeRun self, TimeProvider time, Action<string>? onTrouble,
    CancellationToken stop)
{
    /// <summary>Asks until it is known, and then tells the other nodes: the word behind a commit may be lost with its
    /// answer.</summary>
    /// <returns>Whether it is committed.</returns>
    /// <exception cref="JournalUnavailableException">It cannot be known: the journal was disposed of, or the database
    /// has forgotten.</exception>
    public bool Find(TransactionMark mark, UnitNews news, Exception cause)
    {
        for (var attempt = 1; !stop.IsCancellationRequested; attempt++)
        {
            NpgsqlConnection? connection = null;
            try
            {
                connection = open();
                var isCommitted = Ask(connection, mark);
                if (isCommitted)
                {
                    Tell(connection, news);
                }

                return isCommitted;
            }
            catch (Exception trouble) when (PostgresErrors.IsForeign(trouble, connection))
            {
                Tell(trouble);
            }
            finally
            {
                connection?.Dispose();
            }

            Backoff.Wait(attempt, time, stop);
        }

        throw new JournalUnavailableException(
            $"The journal {place.Name} was lost in the middle of a write, and it is not known whether that write is "
            + "there; restart.",
            cause);
    }

    private bool Ask(NpgsqlConnection connection, TransactionMark mark)
    {
        using var batch = new NpgsqlBatch(connection);
        // Its client is gone: what still waits for a word from it waits in vain.
        batch.Add("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND xact_start = $2 "
            + "AND pid <> pg_backend_pid()", mark.Backend, mark.Began);
        // Locks its row, so it waits for one that still goes on; and writes, so that what it has seen is as safe as a
        // commit that was answered (a standby's word was perhaps not waited for).
        batch.Add("UPDATE runs SET last_write = last_write WHERE number = $1 RETURNING last_write", self.Number);
        var last = default(long?);
        using var reader = batch.ExecuteReader();
        do
        {
            while (reader.Read())
            {
                last = reader.GetValue(0) as long?;
            }
        }
        while (reader.NextResult());
        return (last ?? throw new JournalUnavailableException(
            $"The journal {place.Name} does not know any more what became of a write; restart.")) == mark.Write;
    }

    /// <summary>Tells the other nodes. Does not fail where the database does: the outcome is known by then.</summary>
    internal void Tell(NpgsqlConnection connection, UnitNews news)
    {
        try
        {
            using var batch = new NpgsqlBatch(connection);
            UnitFlush.AddNews(batch, news);
            if (batch.BatchCommands.Count > 0)
            {
                batch.ExecuteNonQuery();
            }
        }
        catch (Exception trouble) when (PostgresErrors.IsForeign(trouble, connection))
        {
            // Whoever waits looks again by himself, only later.
            Tell(trouble);
        }
    }

    private void Tell(Exception trouble) =>
        onTrouble?.Invoke(PostgresErrors.Translate(PostgresErrors.Foreign(trouble), place.Name).Message);
}
