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
    private const int Attempts = 10;
    // A start may be slow, and holds nothing but the right to make tables until its step is sent as a whole.
    private const string Silence = "60s";
    private static readonly TimeSpan StepLimit = TimeSpan.FromMinutes(2);
    // Longer than a step and the longest silence before it: who waits for another process does not fail first.
    private static readonly TimeSpan TurnLimit = TimeSpan.FromSeconds(200);

    /// <summary>Makes or migrates the tables. What cannot be used is left as it is. Blocks while another process does
    /// it, for some minutes at most.</summary>
    /// <exception cref="JournalRefusedException">A newer program made it, or it is no journal.</exception>
    public static void Bring(NpgsqlConnection connection, string name, ImmutableArray<string> steps, TimeProvider time)
    {
        var version = Look(connection, name, steps.Length);
        for (var attempt = 1; version < steps.Length;)
        {
            Execute(connection, $"BEGIN; SET LOCAL idle_in_transaction_session_timeout = '{Silence}'; "
                + $"SET LOCAL lock_timeout = '{Seconds(TurnLimit)}s'");
            Execute(connection, $"SELECT pg_advisory_xact_lock({PostgresSchema.LockClass}, 0)", TurnLimit * 2);
            // Another process may have done the step while this one waited.
            version = Version(connection, name, steps.Length, begins: true);
            if (version == steps.Length)
            {
                Execute(connection, "COMMIT");
                return;
            }

            try
            {
                Execute(connection, Step(steps, version), StepLimit);
                (version, attempt) = (version + 1, 1);
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable
                && attempt < Attempts)
            {
                Execute(connection, "ROLLBACK");
                Backoff.Wait(attempt++, time, CancellationToken.None);
            }
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
    /// <param name="connection">The database.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="known">The newest version that can be used.</param>
    /// <exception cref="JournalRefusedException">It is not for this program.</exception>
    public static int Look(NpgsqlConnection connection, string name, int known)
    {
        CheckServer(connection, name);
        return Version(connection, name, known, begins: true);
    }

    // Sent as a whole, so that no pause of this process holds a table. One that has to wait for a table gives way soon:
    // every write of the other nodes stands behind it.
    private static string Step(ImmutableArray<string> steps, int version) =>
        $"SET LOCAL lock_timeout = '1s'; {(version == 0 ? Beginning : "")}{steps[version].TrimEnd(';')};"
        + $"UPDATE {PostgresSchema.Name}.version SET number = {version + 1}; COMMIT";

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

    private static void Execute(NpgsqlConnection connection, string sql, TimeSpan? limit = null)
    {
        using var command = new NpgsqlCommand(sql, connection);
        if (limit is { } most)
        {
            command.CommandTimeout = Seconds(most);
        }

        command.ExecuteNonQuery();
    }

    private static int Seconds(TimeSpan time) => (int)time.TotalSeconds;
}
