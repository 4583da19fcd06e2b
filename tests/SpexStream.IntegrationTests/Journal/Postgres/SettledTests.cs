using Npgsql;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Ports.Journal;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using Xunit;

namespace SpexStream.IntegrationTests.Journal.Postgres;

/// <summary>Which announcements nodes have settled.</summary>
public sealed class SettledTests(PostgresServer server) : PostgresTestBase(server)
{
    private static readonly AnnouncementMark Mark = AnnouncementMark.Of("in/strip/a/b", "00ff", null);

    [RequiresPostgresFact]
    public async Task As_many_copies_are_known_as_were_settled_whichever_nodes_did_it()
    {
        var (a, b) = (Open("a").Settled, Open("b").Settled);
        Assert.False(await a.TryMatchAsync(Mark));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i => await (i % 2 == 0 ? a : b).NoteAsync(Mark)));
        var known = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ => await a.TryMatchAsync(Mark)));
        Assert.Equal(20, known.Count(isKnown => isKnown));
        Assert.False(await b.TryMatchAsync(AnnouncementMark.Of("in/strip/a/b", "00ff", "item")));
    }

    [RequiresPostgresFact]
    public async Task A_node_that_settles_later_what_was_caught_up_is_not_taken_for_another_announcement()
    {
        var settled = Open("a").Settled;
        await settled.NoteCaughtUpAsync(Mark);
        await settled.NoteAsync(Mark);
        Assert.False(await settled.TryMatchAsync(Mark));
        await settled.NoteAsync(Mark);
        Assert.True(await settled.TryMatchAsync(Mark));
    }

    [RequiresPostgresFact]
    public async Task A_note_whose_answer_was_lost_is_not_counted_twice()
    {
        var port = new Uri(Server.Uri(Database)).Port;
        await using var relay = new TcpRelay(port);
        var through = PostgresAddress.Parse(new UriBuilder(Server.Uri(Database)) { Port = relay.Port }.ToString());
        await using var journal = PostgresJournal.Open(new() { Address = through, Node = "a" }, TimeProvider.System);
        await journal.Settled.NoteAsync(Mark);
        await using var holder = new NpgsqlConnection(Server.ConnectionString(Database));
        await holder.OpenAsync();
        await using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE spexstream.settled IN SHARE MODE", holder);
        await hold.ExecuteNonQueryAsync();
        var note = journal.Settled.NoteAsync(Mark).AsTask();
        const string Waiting = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        await UntilAsync(Waiting);

        // It goes on there, where nobody has noticed.
        relay.Drop();
        await Task.WhenAny(note, UntilAsync(Waiting.Replace("> 0", "> 1", StringComparison.Ordinal)));
        await using var end = new NpgsqlCommand("COMMIT", holder);
        await end.ExecuteNonQueryAsync();
        await Assert.ThrowsAsync<JournalBusyException>(async () => await note.WaitAsync(Soon));
        await UntilAsync("SELECT taken = 2 FROM settled");
    }

    [RequiresPostgresFact]
    public async Task What_is_older_than_the_session_is_forgotten()
    {
        var settled = Open("a").Settled;
        await settled.NoteAsync(Mark);
        Assert.Equal(0, await settled.ForgetAsync(TimeSpan.FromHours(25)));
        await SqlAsync("UPDATE settled SET at = at - interval '26 hours'");
        Assert.Equal(1, await settled.ForgetAsync(TimeSpan.FromHours(25)));
        Assert.False(await settled.TryMatchAsync(Mark));
    }
}
