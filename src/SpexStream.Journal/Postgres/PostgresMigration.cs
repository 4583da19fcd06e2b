using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Reading;

namespace SpexStream.Journal.Postgres;

/// <summary>Brings a database up to this version's schema: each step in one transaction, under a lock that lets one
/// process at a time do it.</summary>
internal static class PostgresMigration
{
    // Older ones get no mends from their makers any more.
    private const int OldestServer = 130000;

    /// <summary>Makes or migrates the tables. What cannot be used is left as it is.</summary>
    /// <exception cref="JournalRefusedException">A newer program made it, or it is no journal.</exception>
    public static void Bring(NpgsqlConnection connection, string name, ImmutableArray<string> steps)
    {
        CheckServer(connection, name);
        var version = Version(connection, name, steps.Length, begins: true);
        while (version < steps.Length)
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, $"SELECT pg_advisory_xact_lock({PostgresSchema.LockClass}, 0)");
            // Another process may have done the step while this one waited.
            version = Version(connection, name, steps.Length, begins: true);
            if (version < steps.Length)
            {
                Execute(connection, version == 0 ? Beginning + steps[0] : steps[version]);
                Execute(connection, $"UPDATE {PostgresSchema.Name}.version SET number = {++version}");
            }

            transaction.Commit();
        }
    }

    /// <summary>Makes sure that this program can read what is there, and leaves it as it is.</summary>
    /// <exception cref="JournalRefusedException">It cannot.</exception>
    public static void CheckToRead(NpgsqlConnection connection, string name)
    {
        CheckServer(connection, name);
        var steps = PostgresSchema.Steps.Length;
        if (Version(connection, name, steps, begins: false) is var version && version < steps)
        {
            throw new JournalRefusedException(
                JournalRefusal.Older,
                $"The journal {name} has version {version}, and this program reads {steps}; start the daemon of this "
                + "version once, it brings the journal up to date.");
        }
    }

    /// <summary>The version of the journal that is there; 0 for none.</summary>
    /// <exception cref="JournalRefusedException">It is not for this program.</exception>
    public static int Look(NpgsqlConnection connection, string name)
    {
        CheckServer(connection, name);
        return Version(connection, name, PostgresSchema.Steps.Length, begins: true);
    }

    private static string Beginning =>
        $"CREATE SCHEMA IF NOT EXISTS {PostgresSchema.Name};"
        + $"CREATE TABLE {PostgresSchema.Name}.version (number INTEGER NOT NULL);"
        + $"INSERT INTO {PostgresSchema.Name}.version VALUES (0);";

    // 0 for a database without a journal.
    private static int Version(NpgsqlConnection connection, string name, int known, bool begins)
    {
        using var any = new Statement(
            connection,
            "SELECT count(*), count(*) FILTER (WHERE c.relname = 'version') FROM pg_class c "
            + $"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '{PostgresSchema.Name}'");
        using (var rows = any.Rows())
        {
            rows.Read();
            if (rows.GetInt64(0) == 0 && begins)
            {
                return 0;
            }

            if (rows.GetInt64(1) == 0)
            {
                throw new JournalRefusedException(
                    JournalRefusal.Foreign,
                    $"The database {name} holds no journal of SpexStream"
                    + (begins ? $", and its schema {PostgresSchema.Name} is somebody else's; name another." : "."));
            }
        }

        using var number = new Statement(connection, $"SELECT number FROM {PostgresSchema.Name}.version");
        var version = (int)number.Value()!;
        return version <= known ? version : throw new JournalRefusedException(
            JournalRefusal.Newer,
            $"The journal {name} has version {version}, and this program reads up to {known}; it was left as it is. "
            + "Start the newer program, or name another database.");
    }

    private static void CheckServer(NpgsqlConnection connection, string name)
    {
        using var show = new Statement(connection, "SHOW server_version_num");
        if (int.Parse((string)show.Value()!, CultureInfo.InvariantCulture) < OldestServer)
        {
            throw new JournalRefusedException(
                JournalRefusal.NotWritable, $"The database {name} is older than PostgreSQL 13; use a newer one.");
        }
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
