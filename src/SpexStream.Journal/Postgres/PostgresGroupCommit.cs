using System.Data;
using Npgsql;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Commits;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Postgres;

/// <summary>
/// Commits a group to the database. A collision with other nodes, or a connection that broke before the commit, is
/// tried again a few times; after a connection that broke in the commit, the database is asked what became of it,
/// however long that takes. For the writing thread.
/// </summary>
internal sealed class PostgresGroupCommit(
    NpgsqlDataSource source, JournalPlace place, NodeRun self, TimeProvider time, Bell outbox,
    Action<string>? onTrouble, CancellationToken stop) : IGroupCommit, IDisposable
{
    private const int Attempts = 6;
    // A network that swallows all lets every attempt run into its limit.
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(10);
    private readonly UnitLookup _lookup = new(place, self);
    private readonly TransactionOutcome _outcome = new(
        source.OpenConnection, place, self, time, onTrouble, stop);
    private NpgsqlConnection? _connection;

    public CommitFailure? TryCommit(IReadOnlyList<JournalWrite> group, bool flushed)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var (unit, failure) = Try(group, flushed);
            if (failure is null)
            {
                if (unit!.Messages.Count > 0)
                {
                    outbox.Ring();
                }

                return null;
            }

            if (attempt == Attempts || stop.IsCancellationRequested || time.GetElapsedTime(started) > LongestPatience
                || !MayRepeat(failure.Value.Cause))
            {
                onTrouble?.Invoke(failure.Value.Cause.Message);
                return failure;
            }

            Backoff.Wait(attempt, time, stop);
        }
    }

    public void Dispose() => _connection?.Dispose();

    private static bool MayRepeat(JournalException cause) => cause is JournalBusyException { InnerException: { } error }
        && (error is not PostgresException said || PostgresErrors.IsCollision(said));

    private (UnitOfWork? Unit, CommitFailure? Failure) Try(IReadOnlyList<JournalWrite> group, bool flushed)
    {
        UnitOfWork? unit = null;
        TransactionMark? committing = null;
        try
        {
            if (_connection is not { State: ConnectionState.Open })
            {
                _connection?.Dispose();
                _connection = source.OpenConnection();
            }

            var (known, mark) = _lookup.Begin(_connection, group, flushed);
            unit = new UnitOfWork(known);
            foreach (var write in group)
            {
                write.Execute(unit);
            }

            committing = mark;
            UnitFlush.Commit(_connection, unit, self);
            return (unit, null);
        }
        catch (InvalidOperationException closed) when (PostgresErrors.IsBroken(_connection))
        {
            return After(PostgresErrors.Broken(closed));
        }
        catch (JournalUnavailableException unknown)
        {
            Drop();
            return (null, new(unknown, IsFinal: true));
        }
        catch (NpgsqlException error)
        {
            return After(error);
        }

        (UnitOfWork? Unit, CommitFailure? Failure) After(NpgsqlException error)
        {
            Drop();
            var cause = PostgresErrors.Translate(error, place.Name);
            return committing is { } mark && Resolve(mark, unit!, ref cause) ? (unit, null)
                : (null, new(cause, cause is JournalDamagedException or JournalUnavailableException));
        }
    }

    // Ends what is open on it.
    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private bool Resolve(TransactionMark mark, UnitOfWork unit, ref JournalException cause)
    {
        try
        {
            return _outcome.Find(mark, News.Of(unit), cause);
        }
        catch (JournalUnavailableException unknown)
        {
            cause = unknown;
            return false;
        }
    }
}
