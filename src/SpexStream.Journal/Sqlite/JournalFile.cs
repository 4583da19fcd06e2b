using System.Buffers.Binary;
using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Reading;
using SQLitePCL;

namespace SpexStream.Journal.Sqlite;

/// <summary>
/// The journal as a file: made whole or not at all, checked before it is believed, brought up to this version's schema.
/// What is no journal of this version is left exactly as it was found.
/// </summary>
internal sealed class JournalFile(string path, TimeSpan busyTimeout, ImmutableArray<string> steps)
{
    private const int HeaderBytes = 100;
    private const int ApplicationIdAt = 68;
    private const int NoCheckpointOnClose = 1006;
    private const int OperationsBetweenLooks = 100_000;

    static JournalFile() => Batteries_V2.Init();

    /// <summary>A connection that writes. The caller holds the journal's lock.</summary>
    /// <exception cref="JournalException">It cannot be opened; the message says why and what to do.</exception>
    public SqliteConnection OpenToWrite(TimeSpan checkLimit, TimeProvider time)
    {
        if (!File.Exists(path))
        {
            Create();
        }

        CheckHeader(FileAccess.ReadWrite);
        SqliteConnection? connection = null;
        try
        {
            connection = Open(path, SqliteOpenMode.ReadWrite);
            // Until it is known to be ours, closing must not write the log back into the file.
            KeepLogOnClose(connection, true);
            var version = CheckVersion(connection);
            CheckWhole(connection, checkLimit, time);
            KeepLogOnClose(connection, false);
            Migrate(connection, version);
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 67108864");
            return connection;
        }
        catch (SqliteException error)
        {
            connection?.Dispose();
            throw SqliteErrors.Translate(error, path);
        }
        catch (JournalException)
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>Makes sure that this program can read what is there, and leaves it as it is.</summary>
    /// <exception cref="JournalException">It cannot; the message says why and what to do.</exception>
    public void CheckToRead()
    {
        CheckHeader(FileAccess.Read);
        using var connection = OpenToRead();
        if (CheckVersion(connection) is var version && version < steps.Length)
        {
            throw new JournalRefusedException(
                JournalRefusal.Older,
                $"The journal {path} has version {version}, and this program reads {steps.Length}; start the daemon of "
                + "this version once, it brings the journal up to date.");
        }
    }

    /// <summary>A connection that reads.</summary>
    public SqliteConnection OpenToRead() => Open(path, SqliteOpenMode.ReadOnly);

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Run();
    }

    private SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = (int)busyTimeout.TotalSeconds,
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    // Made beside its place and renamed: a journal that lies there was once whole, so that an empty file is a damaged
    // one.
    private void Create()
    {
        if (File.Exists(path + "-wal"))
        {
            throw SqliteErrors.Damaged(path, "its log is there (the -wal file), the file itself is not");
        }

        var draft = path + ".new";
        try
        {
            foreach (var suffix in new[] { "", "-wal", "-shm", "-journal" })
            {
                File.Delete(draft + suffix);
            }

            using (var connection = Open(draft, SqliteOpenMode.ReadWriteCreate))
            {
                Execute(connection, "PRAGMA synchronous = FULL");
                Execute(connection, $"PRAGMA application_id = {JournalSchema.ApplicationId}");
                Migrate(connection, 0);
                Execute(connection, "PRAGMA journal_mode = WAL");
            }

            // The folder is flushed by SQLite, together with the first log that it makes there.
            File.Move(draft, path);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new JournalRefusedException(
                JournalRefusal.NotWritable, $"The journal {path} cannot be made: {refused.Message}", refused);
        }
    }

    // Looked at without SQLite, which would begin by repairing.
    private void CheckHeader(FileAccess access)
    {
        var header = new byte[HeaderBytes];
        int length;
        try
        {
            using var file = new FileStream(path, FileMode.Open, access, FileShare.ReadWrite);
            length = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new JournalRefusedException(
                JournalRefusal.NotWritable,
                $"The journal {path} cannot be opened ({refused.Message}); give this user the right to "
                + (access == FileAccess.Read ? "read it." : "write it."),
                refused);
        }

        if (length < HeaderBytes)
        {
            throw SqliteErrors.Damaged(path, "the file is cut off");
        }

        if (!header.AsSpan().StartsWith("SQLite format 3\0"u8)
            || BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(ApplicationIdAt)) != JournalSchema.ApplicationId)
        {
            throw new JournalRefusedException(
                JournalRefusal.Foreign,
                $"The file {path} is no journal of SpexStream, or its first bytes are damaged; it was left as it is. "
                + "Move it away, or name another data folder.");
        }
    }

    private int CheckVersion(SqliteConnection connection)
    {
        using var statement = new Statement(connection, "PRAGMA user_version");
        var version = Convert.ToInt32(statement.Value(), System.Globalization.CultureInfo.InvariantCulture);
        return version > steps.Length
            ? throw new JournalRefusedException(
                JournalRefusal.Newer,
                $"The journal {path} has version {version}, and this program reads up to {steps.Length}; it was left "
                + "as it is. Start the newer program, or name another data folder.")
            : version >= 1 ? version : throw SqliteErrors.Damaged(path, $"it has version {version}");
    }

    private void CheckWhole(SqliteConnection connection, TimeSpan limit, TimeProvider time)
    {
        var started = time.GetTimestamp();
        raw.sqlite3_progress_handler(
            connection.Handle, OperationsBetweenLooks, _ => time.GetElapsedTime(started) > limit ? 1 : 0, null);
        try
        {
            // Not quick_check: that one does not compare indexes with their tables.
            using var statement = new Statement(connection, "PRAGMA integrity_check(1)");
            if (statement.Value() is not "ok" and var finding)
            {
                throw SqliteErrors.Damaged(path, $"{finding}");
            }
        }
        catch (SqliteException over) when (over.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            // A large journal: every row carries a seal of its own, which is checked when it is read.
            return;
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
        }
    }

    private void Migrate(SqliteConnection connection, int version)
    {
        if (version == steps.Length)
        {
            return;
        }

        string[] script =
        [
            "BEGIN IMMEDIATE;", .. steps[version..], $"PRAGMA user_version = {steps.Length};", "COMMIT;",
        ];
        Execute(connection, string.Join('\n', script));
    }

    private static void KeepLogOnClose(SqliteConnection connection, bool keep) =>
        raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, keep ? 1 : 0, out _);
}
