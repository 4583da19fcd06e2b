using Npgsql;
using SpexStream.Domain.Ports.Journal;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Journal.Postgres;

/// <summary>Who may use a journal when not all can: at the start, and after connections were lost.</summary>
public sealed class RefusalTests(PostgresServer server) : PostgresTestBase(server)
{
    private const string ByShard = "SELECT pg_advisory_lock_shared(x'5370784A'::integer, 3)";
    private const string LocksOfA = "FROM pg_locks JOIN pg_stat_activity USING (pid) "
        + "WHERE locktype = 'advisory' AND application_name = 'spexstream a'";

    private static readonly LeaseKey Role = LeaseKey.OfRole("outbox");
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(10);

    [RequiresPostgresFact]
    public async Task A_node_that_is_refused_leaves_the_tables_as_they_are()
    {
        Open("a");
        Assert.Throws<JournalRefusedException>(() => PostgresJournal.Open(
            Node("a"), TimeProvider.System, [.. PostgresSchema.Steps, "CREATE TABLE later (x INTEGER)"]));
        Assert.Equal(PostgresSchema.Steps.Length, await SqlAsync("SELECT number FROM version"));
    }

    [RequiresPostgresFact]
    public async Task Who_was_there_before_its_connection_was_lost_keeps_out_who_starts_meanwhile()
    {
        var (pauses, patience) = (new ManualClock(Noon), new ManualClock(Noon));
        await using var a = PostgresJournal.Open(Node("a"), pauses);
        await a.Leases.AskAsync(Role, Term);
        await CutListenerAsync();
        // It pauses before it comes back; in that gap nobody has said anything.
        await pauses.TimerSet.WaitAsync(Soon);
        await UntilAsync($"SELECT count(*) = 0 {LocksOfA}");

        var starting = Task.Run(() => PostgresJournal.Open(Node("b", SceneKeeping.ByShard), patience));
        await patience.TimerSet.WaitAsync(Soon);
        pauses.Advance(TimeSpan.FromSeconds(2));
        await UntilAsync($"SELECT count(*) > 0 {LocksOfA}");
        patience.Advance(TimeSpan.FromSeconds(9));
        var refused = await Assert.ThrowsAsync<JournalRefusedException>(async () => await starting.WaitAsync(Soon));
        Assert.Contains("by shards (akka)", refused.Message, StringComparison.Ordinal);
    }

    [RequiresPostgresFact]
    public async Task Who_starts_where_others_do_not_come_back_waits_once_and_begins()
    {
        await Open("a").Leases.AskAsync(Role, Term);
        await CloseAsync("a");
        var (patience, waits) = (new ManualClock(Noon), new List<TimeSpan>());
        var starting = Task.Run(() => PostgresJournal.Open(
            new() { Address = Address, Node = "b", OnOthersAwaited = waits.Add }, patience));
        await patience.TimerSet.WaitAsync(Soon);
        patience.Advance(TimeSpan.FromSeconds(9));
        await using var b = await starting.WaitAsync(Soon);
        Assert.Equal([TimeSpan.FromSeconds(9)], waits);

        // Somebody is there now: nothing is in doubt.
        await using var c = await Task.Run(() => PostgresJournal.Open(Node("c"), new ManualClock(Noon)))
            .WaitAsync(Soon);
    }

    [RequiresPostgresFact]
    public async Task A_node_that_is_alone_and_has_crashed_begins_at_once()
    {
        await Open("a").Leases.AskAsync(Role, Term);
        await CloseAsync("a");
        await using var a = await Task.Run(() => PostgresJournal.Open(Node("a"), new ManualClock(Noon)))
            .WaitAsync(Soon);
    }

    [RequiresPostgresFact]
    public async Task A_node_that_finds_another_runtime_when_it_comes_back_claims_nothing_and_gives_up_after_a_while()
    {
        await using var a = PostgresJournal.Open(Node("a"), new ManualClock(Noon) { Skips = Soon });
        await using var other = NpgsqlDataSource.Create(Server.ConnectionString(Database));
        await using var holder = await other.OpenConnectionAsync();
        await using var say = new NpgsqlCommand(ByShard, holder);
        await say.ExecuteScalarAsync();
        await CutListenerAsync();
        var broken = Assert.IsType<JournalRefusedException>(await a.Broken.WaitAsync(Soon));
        Assert.Equal(JournalRefusal.InUse, broken.Refusal);
        await UntilAsync($"SELECT count(*) = 0 {LocksOfA}");
    }

    [RequiresPostgresFact]
    public async Task A_node_that_was_refused_when_it_came_back_goes_on_when_the_other_has_left()
    {
        var (pauses, told) = (new ManualClock(Noon), new TaskCompletionSource<string>());
        await using var a = PostgresJournal.Open(
            new() { Address = Address, Node = "a", OnTrouble = Note }, pauses);
        await using (var other = NpgsqlDataSource.Create(Server.ConnectionString(Database)))
        {
            await using var holder = await other.OpenConnectionAsync();
            await using var say = new NpgsqlCommand(ByShard, holder);
            await say.ExecuteScalarAsync();
            await CutListenerAsync();
            using var limit = new CancellationTokenSource(Soon);
            while (!told.Task.IsCompleted)
            {
                pauses.Advance(TimeSpan.FromMilliseconds(10));
                await Task.Yield();
                limit.Token.ThrowIfCancellationRequested();
            }

            // What it had said of itself went with the connection, and nobody else uses that.
            await UntilAsync($"SELECT count(*) = 0 {LocksOfA}");
        }

        await UntilAsync("SELECT count(*) = 0 FROM pg_locks WHERE locktype = 'advisory'");
        pauses.Advance(TimeSpan.FromSeconds(2));
        await UntilAsync($"SELECT count(*) = 2 {LocksOfA}");
        Assert.False(a.Broken.IsCompleted);

        void Note(string trouble)
        {
            if (trouble.Contains("another runtime", StringComparison.Ordinal))
            {
                told.TrySetResult(trouble);
            }
        }
    }

    private PostgresJournalOptions Node(string name, SceneKeeping keeping = SceneKeeping.ByLease) =>
        new() { Address = Address, Node = name, Keeping = keeping };

    private Task<object?> CutListenerAsync() => SqlAsync($"SELECT DISTINCT pg_terminate_backend(pid) {LocksOfA}");
}
