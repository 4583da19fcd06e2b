using Microsoft.Data.Sqlite;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Rows;
using SQLitePCL;

namespace SpexStream.Journal.Sqlite;

/// <summary>SQLite's errors in the words of the journal.</summary>
internal static class SqliteErrors
{
    // The shared-memory index of the log could not grow: what a full disk looks like at that place.
    private const int NoRoomForIndex = raw.SQLITE_IOERR | (19 << 8);

    public static JournalException Translate(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => Full(error, path),
        _ when error.SqliteExtendedErrorCode == NoRoomForIndex => Full(error, path),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new JournalBusyException(
            $"The journal {path} is held by another program; end whatever has it open (a sqlite3 shell, a backup).",
            error),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_SCHEMA or raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT
            or raw.SQLITE_MISMATCH => Damaged(path, error.Message, error),
        _ => new JournalUnavailableException(
            $"The journal {path} cannot be read or written ({error.Message}); look at the disk and its messages, "
            + "then restart.",
            error),
    };

    public static JournalDamagedException Damaged(string path, string what, Exception? cause = null) =>
        Place(path).Damaged(what, cause);

    public static JournalPlace Place(string path) => new(
        path,
        "put it away (with the -wal and -shm files beside it) and restore a copy, or start with a new one and replay "
        + "the spool.");

    private static JournalFullException Full(SqliteException error, string path) => new(
        $"No room is left for the journal {path}; free some on its disk, it then goes on by itself.", error);
}
