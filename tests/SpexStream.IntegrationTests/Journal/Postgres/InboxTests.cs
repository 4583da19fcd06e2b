using System.Collections.Immutable;
using Npgsql;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Scenes;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.IntegrationTests.Journal.Postgres;

public sealed class InboxTests(PostgresServer server) : PostgresTestBase(server)
{
    [RequiresPostgresFact]
    public async Task What_one_node_accepts_reaches_the_owner_on_another_as_it_was()
    {
        var (a, b) = (Open("a"), Open("b"));
        var owner = a.Inbox.WaitAsync(Scene, 0, CancellationToken.None).AsTask();
        Assert.False(owner.IsCompleted);
        var pass = new InboxItem.EndOfPass(new PassEnd(Scene, 12)
        {
            Tiers = ImmutableSortedDictionary<int, StripTier>.Empty.Add(3, StripTier.Critical),
        });
        Assert.Equal(InboxOutcome.Taken, await b.Inbox.PutAsync(Strip(1)));
        Assert.Equal(InboxOutcome.Taken, await b.Inbox.PutAsync(pass));
        await owner.WaitAsync(Soon);

        var entries = await a.Inbox.ReadAsync(Scene, 0, 10);
        Assert.Equal(["b", "b"], entries.Select(entry => entry.Node));
        var strip = Assert.IsType<InboxItem.Strip>(entries[0].Item);
        Assert.Equal(
            SampleFacts.Text(new Domain.Journal.SceneFact.StripAccepted(Strip(1).Accepted)),
            SampleFacts.Text(new Domain.Journal.SceneFact.StripAccepted(strip.Accepted)));
        Assert.Equal((Strip(1).Scene.Id, Strip(1).Scene.Crs), (strip.Scene.Id, strip.Scene.Crs));
        Assert.Equal((12, StripTier.Critical), Assert.IsType<InboxItem.EndOfPass>(entries[1].Item) is { Pass: var said }
            ? (said.StripCount, said.Tiers[3]) : default);
        Assert.Equal([entries[1].Key], (await a.Inbox.ReadAsync(Scene, entries[0].Key, 10)).Select(entry => entry.Key));
    }

    [RequiresPostgresFact]
    public async Task An_order_reaches_the_owner_with_the_way_back_to_whoever_gave_it()
    {
        SceneOrder[] orders =
        [
            new SceneOrder.Reprocess(3), new SceneOrder.Retract(null, "wrong"), new SceneOrder.Release(7),
            new SceneOrder.Abandon(),
        ];
        var (a, b) = (Open("a"), Open("b"));
        foreach (var order in orders)
        {
            await b.Inbox.PutAsync(InboxItem.Order.From(Scene, order, "reply/to/1", "AQID"));
        }

        var read = (await a.Inbox.ReadAsync(Scene, 0, 10)).Select(entry => (InboxItem.Order)entry.Item).ToArray();
        Assert.Equal(orders, read.Select(order => order.Asked()!));
        Assert.All(read, order => Assert.Equal(("reply/to/1", "AQID"), (order.ReplyTo, order.Correlation)));
    }

    [RequiresPostgresFact]
    public async Task The_same_strip_accepted_by_two_nodes_waits_once_until_it_is_removed()
    {
        var (a, b) = (Open("a"), Open("b"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(async i => await (i % 2 == 0 ? a : b).Inbox.PutAsync(Strip(1))));
        Assert.Contains(InboxOutcome.Taken, outcomes);
        var entry = Assert.Single(await a.Inbox.ReadAsync(Scene, 0, 100));
        Assert.Equal(InboxOutcome.Duplicate, await b.Inbox.PutAsync(Strip(1)));
        await a.Inbox.RemoveAsync([entry.Key, 999]);
        Assert.Equal(0, await b.Inbox.CountAsync());
        Assert.Equal(InboxOutcome.Taken, await b.Inbox.PutAsync(Strip(1)));
        Assert.True(Assert.Single(await a.Inbox.ReadAsync(Scene, 0, 100)).Key > entry.Key);
    }

    [RequiresPostgresFact]
    public async Task A_letter_that_is_not_what_was_written_is_set_aside_and_the_others_reach_their_scene()
    {
        var told = new List<long>();
        await using var journal = PostgresJournal.Open(
            new() { Address = Address, Node = "a", OnSetAside = (key, _) => told.Add(key) }, TimeProvider.System);
        for (var i = 1; i <= 3; i++)
        {
            await journal.Inbox.PutAsync(Strip(i));
        }

        await SqlAsync("UPDATE strips SET body = body || '\\x20' WHERE key <= 2");
        Assert.Equal([3L], (await journal.Inbox.ReadAsync(Scene, 0, 1)).Select(entry => entry.Key));
        Assert.Equal([1L, 2L], told);
        Assert.Equal(1, await journal.Inbox.CountAsync());
        // The same may come again, and what is damaged calls nobody.
        Assert.Equal(InboxOutcome.Taken, await journal.Inbox.PutAsync(Strip(1)));
        await journal.Inbox.RemoveAsync([3, 4]);
        Assert.Empty(await journal.Inbox.ReadAsync(Scene, 0, 10));
        Assert.Empty(await journal.Leases.ListFreeAsync(10));
        Assert.Equal([1L, 2L], told);
    }

    [RequiresPostgresFact]
    public async Task A_letter_that_was_set_aside_takes_no_place_and_goes_with_its_scene()
    {
        await using var journal = PostgresJournal.Open(
            new() { Address = Address, Node = "small", InboxPerScene = 1 }, TimeProvider.System);
        await journal.OpenWriterAsync(Scene);
        await journal.Inbox.PutAsync(Strip(1));
        await SqlAsync("UPDATE strips SET body = body || '\\x20'");
        Assert.Empty(await journal.Inbox.ReadAsync(Scene, 0, 10));
        Assert.Equal(InboxOutcome.Taken, await journal.Inbox.PutAsync(Strip(2)));
        Assert.Equal(ForgetOutcome.StillOpen, await journal.ForgetAsync(Scene));
        await journal.Inbox.RemoveAsync([2]);
        Assert.Equal(ForgetOutcome.Forgotten, await journal.ForgetAsync(Scene));
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM strips"));
    }

    [RequiresPostgresFact]
    public async Task Nobody_is_called_for_a_letter_to_a_scene_that_has_an_owner()
    {
        var (a, b) = (Open("a"), Open("b"));
        await b.Leases.AskAsync(LeaseKey.Of(Scene), TimeSpan.FromSeconds(60));
        await using var listener = new NpgsqlConnection(Server.ConnectionString(Database));
        await listener.OpenAsync();
        var heard = new List<string>();
        listener.Notification += (_, said) => heard.Add(said.Payload);
        await using var listen = new NpgsqlCommand("LISTEN spex_journal", listener);
        await listen.ExecuteNonQueryAsync();
        await a.Inbox.PutAsync(Strip(1));
        var other = SceneId.Parse("other");
        await a.Inbox.PutAsync(new InboxItem.EndOfPass(new PassEnd(other, 1)));
        while (heard.Count < 3)
        {
            await listener.WaitAsync().WaitAsync(Soon);
        }

        Assert.Equal([News.Letters(Scene.Value), News.Letters(other.Value), News.Free], heard);
    }

    [RequiresPostgresFact]
    public async Task A_scene_whose_inbox_is_full_takes_no_more_and_others_do()
    {
        await using var journal = PostgresJournal.Open(
            new() { Address = Address, Node = "small", InboxPerScene = 2 }, TimeProvider.System);
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(async i => await journal.Inbox.PutAsync(Strip(i))));
        Assert.Equal(2, outcomes.Count(outcome => outcome == InboxOutcome.Taken));
        Assert.Equal(3, outcomes.Count(outcome => outcome == InboxOutcome.Full));
        Assert.Equal(InboxOutcome.Taken, await journal.Inbox.PutAsync(
            new InboxItem.EndOfPass(new PassEnd(SceneId.Parse("other"), 1))));
    }

    [RequiresPostgresFact]
    public async Task Keys_become_visible_in_their_order_however_many_nodes_put()
    {
        var nodes = Enumerable.Range(0, 3).Select(i => Open($"node-{i}")).ToArray();
        var seen = new List<long>();
        var puts = Task.WhenAll(Enumerable.Range(0, 150)
            .Select(async i => await nodes[i % 3].Inbox.PutAsync(Strip(i))));
        while (seen.Count < 150)
        {
            var after = seen.LastOrDefault();
            await nodes[0].Inbox.WaitAsync(Scene, after, CancellationToken.None).AsTask().WaitAsync(Soon);
            seen.AddRange((await nodes[0].Inbox.ReadAsync(Scene, after, 7)).Select(entry => entry.Key));
        }

        await puts;
        Assert.Equal(Enumerable.Range(1, 150).Select(i => (long)i), seen);
    }

    private static InboxItem.Strip Strip(int index) =>
        new(SampleFacts.Opened().Scene with { Id = Scene }, SampleFacts.Accepted(index, 1).Strip);
}
