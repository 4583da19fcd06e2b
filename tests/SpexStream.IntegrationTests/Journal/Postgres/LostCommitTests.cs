using Npgsql;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.IntegrationTests.Journal.Postgres;

/// <summary>Writes whose answer was lost, with the database or with the connection alone.</summary>
public sealed class LostCommitTests(PostgresServer server) : PostgresTestBase(server)
{
    // Holds every commit of a fact up at its very end, before it is on the disk.
    private const string WaitAtCommit =
        "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS "
        + "'BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NULL; END'; "
        + "CREATE CONSTRAINT TRIGGER waits AFTER INSERT ON facts DEFERRABLE INITIALLY DEFERRED "
        + "FOR EACH ROW EXECUTE FUNCTION wait()";

    [RequiresPostgresFact]
    public async Task What_was_answered_is_there_after_a_crash_in_which_others_took_its_transactions_number()
    {
        await using var own = new PostgresServer();
        await own.InitializeAsync();
        var address = await own.NewDatabaseAsync();
        var database = address.Name.Split('/')[1];
        await using var journal = PostgresJournal.Open(new() { Address = address, Node = "a" }, TimeProvider.System);
        var writers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            async i => await journal.OpenWriterAsync(SceneId.Parse($"s-{i}"))));
        await own.RunAsync(database, "SET search_path = spexstream; " + WaitAtCommit);

        Task<long>[] writes;
        await using (var other = NpgsqlDataSource.Create(own.ConnectionString(database)))
        {
            await using var holder = await other.OpenConnectionAsync();
            await RunAsync(holder, "SELECT pg_advisory_lock(1)");
            writes = [.. writers.Select(writer => JournalPatience.AskAsync(
                () => writer.AppendAsync(new(Noon, SampleFacts.Opened())), TimeProvider.System, CancellationToken.None)
                .AsTask())];
            await Eventually.HoldsAsync(async () => (long)(await own.RunAsync(
                database, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'"))! > 0);
            // What was forgotten is given out anew, to whoever comes first.
            await own.CrashAsync(holder.ProcessID);
        }

        await using (var other = NpgsqlDataSource.Create(own.ConnectionString(database)))
        {
            await using var busy = await other.OpenConnectionAsync();
            for (var i = 0; i < 50; i++)
            {
                await RunAsync(busy, "SELECT pg_current_xact_id()");
            }
        }

        Assert.All(await Task.WhenAll(writes).WaitAsync(Soon), sequence => Assert.Equal(1, sequence));
        Assert.Equal(8L, await own.RunAsync(database, "SELECT count(*) FROM spexstream.facts"));
        Assert.Equal(
            8L, await own.RunAsync(database, "SELECT count(*) FROM spexstream.scenes WHERE last_sequence = 1"));
    }

    [RequiresPostgresFact]
    public async Task What_came_through_before_its_connection_broke_is_written_once()
    {
        var journal = Open("a");
        var writer = await journal.OpenWriterAsync(Scene);
        await SqlAsync(WaitAtCommit);
        await using var other = NpgsqlDataSource.Create(Server.ConnectionString(Database));
        await using var holder = await other.OpenConnectionAsync();
        await RunAsync(holder, "SELECT pg_advisory_lock(1)");
        var write = JournalPatience.AskAsync(
            () => writer.AppendAsync(new(Noon, SampleFacts.Opened())), TimeProvider.System, CancellationToken.None)
            .AsTask();
        await Eventually.HoldsAsync(async () =>
            (long)(await SqlAsync("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'"))! > 0);
        await RunAsync(holder, "SELECT pg_advisory_unlock(1)");
        await SqlAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'spexstream a'");
        Assert.Equal(1, await write.WaitAsync(Soon));
        Assert.Equal(1L, await SqlAsync("SELECT count(*) FROM facts"));
    }

    [RequiresPostgresFact]
    public async Task A_word_to_the_others_that_was_lost_behind_its_commit_is_said_again()
    {
        // It ends its own connection the first time that it has something to tell.
        await using var a = PostgresJournal.Open(
            new()
            {
                Address = PostgresAddress.Parse(
                    Server.ConnectionString(Database) + ";Options=-c search_path=spexstream,pg_catalog"),
                Node = "a",
            },
            TimeProvider.System);
        var b = Open("b");
        await SqlAsync("CREATE SEQUENCE told; CREATE FUNCTION pg_notify(channel text, word text) RETURNS void "
            + "LANGUAGE plpgsql AS 'BEGIN IF nextval(''told'') = 1 THEN "
            + "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(10); END IF; "
            + "PERFORM pg_catalog.pg_notify(channel, word); END'");
        var writer = await a.OpenWriterAsync(Scene);
        var heard = b.WaitForFactsAsync(Scene, 0, CancellationToken.None).AsTask();
        // It has looked, and waits.
        await b.FindAsync(Scene);
        Assert.Equal(1, await writer.AppendAsync(new(Noon, SampleFacts.Opened())));
        await heard.WaitAsync(TimeSpan.FromSeconds(6));
        Assert.True((long)(await SqlAsync("SELECT last_value FROM told"))! > 1);
    }

    [RequiresPostgresFact]
    public async Task A_connection_that_broke_between_two_commands_hides_no_outcome()
    {
        var journal = Open("a");
        await journal.OpenWriterAsync(Scene);
        var write = (long)(await SqlAsync("SELECT last_write FROM runs"))!;
        var (opened, troubles) = (0, new List<string>());
        await using var source = PostgresSource.Open(new() { Address = Address, Node = "a" });
        using var broken = new NpgsqlConnection(Server.ConnectionString(Database));
        var place = PostgresErrors.Place("db");
        var outcome = new TransactionOutcome(
            () => ++opened == 1 ? broken : source.OpenConnection(), place, new("a", journal.Run.Number),
            TimeProvider.System, troubles.Add, CancellationToken.None);
        Assert.True(outcome.Find(
            new(write, 0, Noon.UtcDateTime), new([News.Messages], []), new InvalidOperationException("cut")));
        Assert.Contains("does not answer", Assert.Single(troubles), StringComparison.Ordinal);
        // What is known stays known when the others cannot be told.
        outcome.Tell(broken, new([News.Messages], []));
        Assert.Equal(2, troubles.Count);
    }

    [RequiresPostgresFact]
    public async Task A_copy_of_the_database_that_does_not_know_this_run_is_not_written_to()
    {
        var journal = Open("a");
        var writer = await journal.OpenWriterAsync(Scene);
        await SqlAsync("DELETE FROM runs");
        var unknown = await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
            await writer.AppendAsync(new(Noon, SampleFacts.Opened())));
        Assert.Contains("older copy", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM facts"));
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteScalarAsync();
    }
}
