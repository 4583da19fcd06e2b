using Npgsql;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Postgres;

/// <summary>What a database says of itself that matters for a journal.</summary>
/// <param name="Server">Its version.</param>
/// <param name="Version">Version of the journal in it; 0 for none.</param>
/// <param name="Fault">Why a journal would not be safe or usable there, and what to do; null when it is.</param>
/// <param name="Doubt">What is to be thought about; null for nothing.</param>
public sealed record PostgresHealth(string Server, int Version, string? Fault, string? Doubt)
{
    /// <summary>Asks, and changes nothing.</summary>
    /// <exception cref="JournalException">It does not answer, lets nobody in, or holds something else.</exception>
    public static PostgresHealth Ask(PostgresAddress address)
    {
        using var source = PostgresSource.Open(new() { Address = address, Node = "doctor" });
        try
        {
            using var connection = source.OpenConnection();
            var version = PostgresMigration.Look(connection, address.Name, PostgresSchema.Steps.Length);
            using var ask = new NpgsqlCommand(
                "SELECT current_setting('server_version'), current_setting('fsync'), "
                + "current_setting('full_page_writes'), current_setting('synchronous_commit'), pg_is_in_recovery(), "
                + "has_database_privilege(current_database(), 'CREATE'), current_setting('server_encoding')",
                connection);
            using var row = ask.ExecuteReader();
            row.Read();
            var fault = row.GetBoolean(4) ? "it is a standby; name the primary"
                : row.GetString(1) != "on" || row.GetString(2) != "on"
                    ? "fsync or full_page_writes is off: a power cut loses accepted strips; turn both on"
                : row.GetString(3) == "off"
                    ? "synchronous_commit is off: a crash of it loses accepted strips; turn it on"
                : row.GetString(6) != "UTF8" ? "its encoding is not UTF8; make the database with -E UTF8"
                : version == 0 && !row.GetBoolean(5) ? "this user may not make a schema there; GRANT CREATE ON DATABASE"
                : null;
            var doubt = version == 0 ? "run makes it at its first start" : null;
            return new(row.GetString(0), version, fault, doubt);
        }
        catch (NpgsqlException error)
        {
            throw PostgresErrors.AtOpening(error, address.Name);
        }
    }
}
