using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.IntegrationTests.Journal.Postgres;

/// <summary>Several processes on one database.</summary>
public sealed class SharedJournalTests(PostgresServer server) : PostgresTestBase(server)
{
    [RequiresPostgresFact]
    public async Task A_node_hears_of_facts_and_messages_that_another_writes()
    {
        var (a, b) = (Open("a"), Open("b"));
        var facts = b.WaitForFactsAsync(Scene, 0, CancellationToken.None).AsTask();
        var messages = b.Outbox.WaitAsync(0, CancellationToken.None).AsTask();
        var writer = await a.OpenWriterAsync(Scene);
        Assert.False(facts.IsCompleted || messages.IsCompleted);
        await writer.AppendAsync(new(Noon, SampleFacts.Opened()));
        await facts.WaitAsync(Soon);
        Assert.False(messages.IsCompleted);
        await writer.AppendAsync(new(Noon) { Messages = [SampleMessages.Event("x")] });
        await messages.WaitAsync(Soon);
    }

    [RequiresPostgresFact]
    public async Task Messages_of_several_nodes_become_visible_in_the_order_of_their_keys()
    {
        const int Nodes = 3, Appends = 60;
        var nodes = Enumerable.Range(0, Nodes).Select(i => Open($"node-{i}")).ToArray();
        var writing = Task.WhenAll(nodes.Select(async (node, i) =>
        {
            var writer = await node.OpenWriterAsync(SceneId.Parse($"scene-{i}"));
            await Task.WhenAll(Enumerable.Range(0, Appends).Select(async n => await writer.AppendAsync(
                new(Noon) { Messages = [SampleMessages.Event($"{i}-{n}")] })));
        }));
        var seen = new List<OutboxEntry>();
        while (seen.Count < Nodes * Appends)
        {
            var after = seen.LastOrDefault()?.Key ?? 0;
            await nodes[0].Outbox.WaitAsync(after, CancellationToken.None).AsTask().WaitAsync(Soon);
            seen.AddRange(await nodes[0].Outbox.ReadAsync(after, 10, long.MaxValue));
        }

        await writing;
        Assert.Equal(Enumerable.Range(1, Nodes * Appends).Select(i => (long)i), seen.Select(entry => entry.Key));
    }

    [RequiresPostgresFact]
    public async Task A_crash_is_told_to_the_node_that_met_it_and_to_no_other()
    {
        var crashed = Open("a").Run.Number;
        var other = Open("b");
        Assert.Empty(other.Run.Crashed);
        await other.EndRunAsync();
        await other.DisposeAsync();
        await SqlAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'spexstream a'");
        await CloseAsync("a");
        var (a, b) = (Open("a"), Open("b"));
        Assert.Equal([crashed], a.Run.Crashed);
        Assert.Empty(b.Run.Crashed);
        Assert.True(b.Run.Number > a.Run.Number);
    }

    [RequiresPostgresFact]
    public void A_name_that_another_process_bears_is_refused()
    {
        Open("a");
        var refused = Assert.Throws<JournalRefusedException>(() => Open("a"));
        Assert.Equal(JournalRefusal.InUse, refused.Refusal);
        Assert.Contains("as node a;", refused.Message, StringComparison.Ordinal);
        Open("b");
    }

    [RequiresPostgresFact]
    public async Task Nodes_that_know_by_different_rules_whose_a_scene_is_do_not_share_a_journal()
    {
        var options = new PostgresJournalOptions
        {
            Address = Address,
            Node = "sharded",
            Keeping = SceneKeeping.ByShard,
        };
        await using (PostgresJournal.Open(options, TimeProvider.System))
        {
            var refused = Assert.Throws<JournalRefusedException>(() => Open("b"));
            Assert.Equal(JournalRefusal.InUse, refused.Refusal);
            Assert.Contains("by shards (akka), this one by leases (local)", refused.Message, StringComparison.Ordinal);
        }

        Open("b");
        Open("c");
        Assert.Throws<JournalRefusedException>(() => PostgresJournal.Open(options, TimeProvider.System));
    }

    [RequiresPostgresFact]
    public async Task It_answers_random_work_as_the_simplest_journal_does_over_many_restarts()
    {
        for (var seed = 1; seed <= 6; seed++)
        {
            var store = new MemoryStore();
            var address = await Server.NewDatabaseAsync();
            var expected = await PlayAsync(seed, () => new MemoryJournal(store));
            var found = await PlayAsync(seed, () => PostgresJournal.Open(
                new() { Address = address, Node = "a" }, TimeProvider.System));
            Assert.Equal(expected, found);
        }
    }

    private static async Task<string> PlayAsync(int seed, Func<ISceneJournal> open)
    {
        var play = new JournalPlay(seed);
        for (var life = 0; life < 4; life++)
        {
            await using var journal = open();
            await play.PlayAsync(journal, 60);
        }

        return play.Answers.ToString();
    }
}
