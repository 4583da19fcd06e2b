using System.Globalization;
using Npgsql;
using SpexStream.Domain.Ports.Journal;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.IntegrationTests.Journal.Postgres;

/// <summary>Starts that meet others which are slow, or at work.</summary>
public sealed class MigrationTests(PostgresServer server) : PostgresTestBase(server)
{
    private const string Later = "ALTER TABLE runs ADD COLUMN later BIGINT";

    [RequiresPostgresFact]
    public async Task Who_waits_for_another_to_make_the_tables_waits_longer_than_for_anything_else()
    {
        await using var holder = await HolderAsync("SELECT pg_advisory_xact_lock(x'5370784A'::integer, 0)");
        var starting = Task.Run(() => PostgresJournal.Open(Hasty("b"), TimeProvider.System));
        await WaitsAsync("spexstream b", "2.5 s");
        await EndAsync(holder);
        await using var b = await starting.WaitAsync(Soon);
    }

    [RequiresPostgresFact]
    public async Task A_step_that_changes_a_table_gives_way_to_the_writes_of_others_and_is_tried_again()
    {
        var writer = await Open("a").OpenWriterAsync(Scene);
        await using var holder = await HolderAsync("LOCK TABLE spexstream.runs IN ACCESS SHARE MODE");
        var starting = Task.Run(() => PostgresJournal.Open(
            Hasty("b"), TimeProvider.System, [.. PostgresSchema.Steps, Later]));
        await WaitsAsync("spexstream b", "0 s");
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(i, await writer.AppendAsync(new(Noon, SampleFacts.Opened())));
            await WaitsAsync("spexstream b", "0.5 s");
        }

        Assert.False(starting.IsCompleted);
        await EndAsync(holder);
        await using var b = await starting.WaitAsync(Soon);
        Assert.Equal(PostgresSchema.Steps.Length + 1, await SqlAsync("SELECT number FROM version"));
    }

    [RequiresPostgresFact]
    public void A_connection_that_breaks_in_a_step_is_one_plain_sentence()
    {
        Open("a");
        var busy = Assert.Throws<JournalBusyException>(() => PostgresJournal.Open(
            Hasty("b"), TimeProvider.System,
            [.. PostgresSchema.Steps, "SELECT pg_terminate_backend(pg_backend_pid()); SELECT pg_sleep(5)"]));
        Assert.Contains("does not answer", busy.Message, StringComparison.Ordinal);
    }

    private PostgresJournalOptions Hasty(string node) => new()
    {
        Address = Address,
        Node = node,
        CommandTimeout = TimeSpan.FromSeconds(2),
        SilenceLimit = TimeSpan.FromSeconds(1),
    };

    private async Task<NpgsqlConnection> HolderAsync(string sql)
    {
        var connection = new NpgsqlConnection(Server.ConnectionString(Database));
        await connection.OpenAsync();
        await using var hold = new NpgsqlCommand("BEGIN; " + sql, connection);
        await hold.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task EndAsync(NpgsqlConnection connection)
    {
        await using var end = new NpgsqlCommand("COMMIT", connection);
        await end.ExecuteNonQueryAsync();
    }

    private Task WaitsAsync(string who, string time) => UntilAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = '{who}' "
        + $"AND wait_event_type = 'Lock' AND clock_timestamp() - query_start > '{time}'"));
}
