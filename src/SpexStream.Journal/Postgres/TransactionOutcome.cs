using Npgsql;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Postgres;

/// <summary>
/// What became of a commit whose answer was lost. Whoever waits for it waits on: an answer that is a guess would lose a
/// strip, or write it twice. For the writing thread.
/// </summary>
internal sealed class TransactionOutcome(
    NpgsqlDataSource source, JournalPlace place, TimeProvider time, Action<string>? onTrouble, CancellationToken stop)
{
    /// <summary>Asks until it is known.</summary>
    /// <returns>Whether it is committed.</returns>
    /// <exception cref="JournalUnavailableException">It cannot be known: the journal was disposed of, or the database
    /// has forgotten.</exception>
    public bool Find(TransactionMark mark, Exception cause)
    {
        for (var attempt = 1; !stop.IsCancellationRequested; attempt++)
        {
            try
            {
                if (Ask(mark) is { } committed)
                {
                    return committed;
                }
            }
            catch (NpgsqlException error)
            {
                onTrouble?.Invoke(PostgresErrors.Translate(error, place.Name).Message);
            }

            Backoff.Wait(attempt, time, stop);
        }

        throw new JournalUnavailableException(
            $"The journal {place.Name} was lost in the middle of a write, and it is not known whether that write is "
            + "there; restart.",
            cause);
    }

    // Null while it still goes on.
    private bool? Ask(TransactionMark mark)
    {
        using var connection = source.OpenConnection();
        using var batch = new NpgsqlBatch(connection);
        // Its client is gone: what still waits for a word from it waits in vain.
        batch.Add("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 "
            + "AND backend_xid = ($2::xid8)::xid AND pid <> pg_backend_pid()", mark.Backend, mark.Id);
        batch.Add("SELECT pg_xact_status($1::xid8)", mark.Id);
        using var reader = batch.ExecuteReader();
        reader.NextResult();
        reader.Read();
        return reader.IsDBNull(0)
            ? throw new JournalUnavailableException(
                $"The journal {place.Name} does not know any more what became of a write; restart.")
            : reader.GetString(0) switch { "committed" => true, "aborted" => false, _ => null };
    }
}
