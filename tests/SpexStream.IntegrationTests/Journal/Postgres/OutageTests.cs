using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.IntegrationTests.Journal.Postgres;

/// <summary>What becomes of a journal whose database goes away, stands still, or is not what it should be.</summary>
public sealed class OutageTests(PostgresServer server) : PostgresTestBase(server)
{
    [RequiresPostgresFact]
    public async Task Connections_that_are_cut_again_and_again_lose_and_double_nothing()
    {
        var journal = Open("a");
        var writer = await journal.OpenWriterAsync(Scene);
        var answered = 0;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 150; i++)
            {
                var append = new SceneAppend(Noon, new SceneFact.TileCrashed(new StripKey(i, 1), default, 1))
                {
                    Messages = [SampleMessages.Event($"e{i}")],
                };
                await JournalPatience.AskAsync(
                    () => writer.AppendAsync(append), TimeProvider.System, CancellationToken.None);
                Interlocked.Increment(ref answered);
            }
        });
        while (!writing.IsCompleted)
        {
            await SqlAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'spexstream a'");
        }

        await writing;
        var strips = new List<int>();
        await foreach (var fact in journal.ReadAsync(Scene))
        {
            strips.Add(((SceneFact.TileCrashed)fact.Fact).Strip.Index);
        }

        Assert.Equal(Enumerable.Range(0, 150), strips);
        Assert.Equal(150, (await journal.Outbox.MeasureAsync()).Entries);
    }

    [RequiresPostgresFact]
    public async Task A_database_that_is_killed_is_said_to_be_away_and_goes_on_when_it_is_back()
    {
        await using var own = new OwnServer();
        var address = await own.StartAsync();
        var troubles = new List<string>();
        await using var journal = PostgresJournal.Open(
            new() { Address = address, Node = "a", OnTrouble = troubles.Add }, TimeProvider.System);
        var writer = await journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(Noon, SampleFacts.Opened()));
        var waiting = JournalPatience.AskAsync(
            async () =>
            {
                await journal.Outbox.WaitAsync(0, CancellationToken.None);
                return true;
            },
            TimeProvider.System, CancellationToken.None).AsTask();
        await own.Server.KillAsync();
        var busy = await Assert.ThrowsAsync<JournalBusyException>(async () =>
            await writer.AppendAsync(new(Noon, SampleFacts.Accepted())));
        Assert.Contains("does not answer", busy.Message, StringComparison.Ordinal);
        Assert.Contains(address.Name, busy.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JournalBusyException>(async () => await journal.FindAsync(Scene));
        Assert.Contains(busy.Message, troubles);

        await own.Server.StartAsync();
        Assert.Equal(2, await writer.AppendAsync(
            new(Noon, SampleFacts.Accepted()) { Messages = [SampleMessages.Event("x")] }));
        Assert.Equal(2, (await journal.FindAsync(Scene))!.LastSequence);
        await waiting.WaitAsync(Soon);
    }

    [RequiresPostgresFact]
    public async Task A_node_that_stands_still_in_a_transaction_does_not_hold_the_others_up()
    {
        var journal = Open("a");
        var writer = await journal.OpenWriterAsync(Scene);
        // As every connection of a node is made; nothing else ends it.
        await using var still = PostgresSource.Open(
            new() { Address = Address, Node = "b", SilenceLimit = TimeSpan.FromSeconds(1) });
        await using var connection = await still.OpenConnectionAsync();
        await using var hold = new Npgsql.NpgsqlCommand(
            "BEGIN; SELECT FROM spexstream.scenes FOR UPDATE", connection);
        await hold.ExecuteNonQueryAsync();
        Assert.Equal(1, await JournalPatience.AskAsync(
            () => writer.AppendAsync(new(Noon, SampleFacts.Opened())), TimeProvider.System, CancellationToken.None)
            .AsTask().WaitAsync(Soon));
        // It was cut off, so that what it held is free.
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(hold.ExecuteNonQueryAsync);
    }

    [RequiresPostgresFact]
    public async Task A_journal_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await using (PostgresJournal.Open(
            new() { Address = Address, Node = "a" }, TimeProvider.System,
            [.. PostgresSchema.Steps, "CREATE TABLE later (x INTEGER)"]))
        {
        }

        var refused = Assert.Throws<JournalRefusedException>(() => Open("a"));
        Assert.Equal(JournalRefusal.Newer, refused.Refusal);
        Assert.Contains("Start the newer program", refused.Message, StringComparison.Ordinal);
        Assert.Equal(PostgresSchema.Steps.Length + 1, await SqlAsync("SELECT number FROM version"));
    }

    [RequiresPostgresFact]
    public async Task Many_processes_that_start_at_once_make_the_tables_once_and_a_step_that_fails_leaves_no_trace()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Open($"node-{i}"))));
        Assert.Equal(6, opened.Select(journal => journal.Run.Number).Distinct().Count());
        Assert.Throws<JournalDamagedException>(() => PostgresJournal.Open(
            new() { Address = Address, Node = "x" }, TimeProvider.System,
            [.. PostgresSchema.Steps, "CREATE TABLE later (x INTEGER); INSERT INTO nowhere VALUES (1)"]));
        Assert.Equal(PostgresSchema.Steps.Length, await SqlAsync("SELECT number FROM version"));
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM pg_class WHERE relname = 'later'"));
    }

    [RequiresPostgresFact]
    public async Task A_database_that_is_not_there_or_holds_something_else_is_refused_with_what_to_do()
    {
        var missing = PostgresAddress.Parse(Server.Uri("nowhere"));
        Assert.Contains("createdb", Assert.Throws<JournalRefusedException>(() => PostgresJournal.Open(
            new() { Address = missing, Node = "a" }, TimeProvider.System)).Message, StringComparison.Ordinal);
        await SqlAsync("CREATE SCHEMA spexstream CREATE TABLE other (x INTEGER)");
        Assert.Equal(JournalRefusal.Foreign, Assert.Throws<JournalRefusedException>(() => Open("a")).Refusal);
        Assert.Equal(JournalRefusal.Foreign, Assert.Throws<JournalRefusedException>(() => PostgresJournal.OpenToRead(
            new() { Address = Address, Node = "a" })).Refusal);
    }

    [RequiresPostgresFact]
    public async Task What_is_not_what_was_written_is_told()
    {
        var journal = Open("a");
        var writer = await journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(Noon, SampleFacts.Opened()) { Messages = [SampleMessages.Event("x")] });
        await SqlAsync("UPDATE facts SET at = at + 1; UPDATE outbox SET payload = 'x'; SELECT 1");
        await Assert.ThrowsAsync<JournalDamagedException>(async () =>
        {
            await foreach (var _ in journal.ReadAsync(Scene))
            {
            }
        });
        Assert.Empty(await journal.Outbox.ReadAsync(0, 10, long.MaxValue));
        Assert.Equal(1, (await journal.Outbox.MeasureAsync()).SetAside);
        await SqlAsync("UPDATE scenes SET priority = 9");
        await Assert.ThrowsAsync<JournalDamagedException>(async () => await journal.OpenWriterAsync(Scene));
        // Others have nothing to do with it.
        await journal.OpenWriterAsync(SceneId.Parse("other"));
    }

    private sealed class OwnServer : IAsyncDisposable
    {
        public PostgresServer Server { get; } = new();

        public async Task<PostgresAddress> StartAsync()
        {
            await Server.InitializeAsync();
            return await Server.NewDatabaseAsync();
        }

        public async ValueTask DisposeAsync() => await Server.DisposeAsync();
    }
}
