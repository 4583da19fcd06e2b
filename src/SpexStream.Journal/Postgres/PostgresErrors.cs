using System.Data;
using System.Data.Common;
using Npgsql;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Postgres;

/// <summary>PostgreSQL's errors in the words of the journal. Codes: PostgreSQL documentation, appendix A.</summary>
internal static class PostgresErrors
{
    private const string SilentForTooLong = "25P03";

    public static JournalPlace Place(string name) => new(
        name, "restore a backup of the database, or name an empty database and replay the spool.");

    /// <summary>Whether the same transaction, done again, may succeed: others were in its way.</summary>
    public static bool IsCollision(DbException error) =>
        error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>Whether a connection is not open any more.</summary>
    public static bool IsBroken(NpgsqlConnection? connection) => connection is not { State: ConnectionState.Open };

    /// <summary>What the driver calls a mistake of the caller where the connection broke between two commands.</summary>
    public static NpgsqlException Broken(InvalidOperationException closed) =>
        new("The connection broke between two commands.", closed);

    /// <summary>Whether it comes from the database or the way to it, and is no mistake of ours.</summary>
    public static bool IsForeign(Exception trouble, NpgsqlConnection? connection) =>
        trouble is NpgsqlException || (trouble is InvalidOperationException && IsBroken(connection));

    /// <summary>What is foreign, in the driver's own kind.</summary>
    public static NpgsqlException Foreign(Exception trouble) =>
        trouble as NpgsqlException ?? Broken((InvalidOperationException)trouble);

    public static JournalException Translate(DbException error, string name) => error.SqlState switch
    {
        PostgresErrorCodes.DiskFull => new JournalFullException(
            $"No room is left for the journal {name}; free some on the database's disk, it then goes on by itself.",
            error),
        _ when IsCollision(error) || error.SqlState is PostgresErrorCodes.LockNotAvailable => new JournalBusyException(
            $"The journal {name} is held by others for too long ({error.Message}); nothing was written.", error),
        { } state when Unreachable(state) => Away(error, name),
        null => Away(error, name),
        { } state when Damages(state) => Place(name).Damaged(error.Message, error),
        _ => new JournalUnavailableException(
            $"The journal {name} cannot be read or written ({error.Message}); look at the database's log, then "
            + "restart.",
            error),
    };

    /// <summary>Why a journal is not opened.</summary>
    public static JournalException AtOpening(NpgsqlException error, string name) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            new JournalRefusedException(
                JournalRefusal.NotWritable,
                $"The journal {name} does not let this user in ({error.Message}); give the right name and password.",
                error),
        PostgresErrorCodes.InvalidCatalogName => new JournalRefusedException(
            JournalRefusal.NotWritable,
            $"The journal {name} is not there: make it with createdb --owner and the name of the role that the nodes "
            + "connect as.",
            error),
        PostgresErrorCodes.InsufficientPrivilege => new JournalRefusedException(
            JournalRefusal.NotWritable,
            $"The journal {name} cannot be written ({error.Message}); give this user the right to.", error),
        _ => Translate(error, name),
    };

    private static JournalBusyException Away(DbException error, string name) => new(
        $"The journal {name} does not answer ({(error.InnerException ?? error).Message}); nothing was written. It goes "
        + "on by itself when PostgreSQL is back.",
        error);

    // Connection exceptions, lack of resources, an operator at work, a standby that is not yet the first.
    private static bool Unreachable(string state) => state[..2] is "08" or "53" or "57"
        || state is PostgresErrorCodes.ReadOnlySqlTransaction or SilentForTooLong;

    // Tables that are not there, rows that contradict each other, pages that cannot be believed.
    private static bool Damages(string state) => state[..2] is "23" or "XX" or "22"
        || state is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn
            or PostgresErrorCodes.DatatypeMismatch;
}
