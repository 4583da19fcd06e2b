using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.IntegrationTests.Journal.Postgres;

public sealed class LeaseTests(PostgresServer server) : PostgresTestBase(server)
{
    private static readonly LeaseKey Key = LeaseKey.Of(Scene);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [RequiresPostgresFact]
    public async Task Of_many_nodes_that_ask_at_once_one_gets_the_lease()
    {
        var nodes = Enumerable.Range(0, 6).Select(i => Open($"node-{i}")).ToArray();
        var answers = await Task.WhenAll(nodes.Select(async node => await node.Leases.AskAsync(Key, Long)));
        var granted = Assert.Single(answers.OfType<LeaseAnswer.Granted>());
        var owner = nodes[Array.IndexOf(answers, granted)].Leases.Node;
        Assert.All(answers.OfType<LeaseAnswer.HeldByOther>(), held =>
        {
            Assert.Equal(owner, held.Node);
            Assert.InRange(held.For, Long - Soon, Long);
        });
        var listed = Assert.Single(await nodes[0].Leases.ListAsync());
        Assert.Equal((granted.Lease, owner), (listed.Lease, listed.Node));
        Assert.Equal(1, await granted.Writer!.AppendAsync(new(Noon, SampleFacts.Opened())));
    }

    [RequiresPostgresFact]
    public async Task A_lease_that_expired_is_taken_over_with_a_higher_epoch_and_the_old_owner_is_refused()
    {
        var (a, b) = (Open("a"), Open("b"));
        var first = await GrantAsync(a, Key, TimeSpan.FromMilliseconds(300));
        await first.Writer!.AppendAsync(new(Noon, SampleFacts.Opened()));
        LeaseAnswer answer;
        while ((answer = await b.Leases.AskAsync(Key, Long)) is LeaseAnswer.HeldByOther)
        {
            Assert.Equal(1, (await a.FindAsync(Scene))!.LastSequence);
        }

        var second = Assert.IsType<LeaseAnswer.Granted>(answer);
        Assert.True(second.Lease.Epoch > first.Lease.Epoch);
        Assert.Equal((second.Lease.Epoch, 1), (second.Writer!.Epoch, second.Writer.OpenedAfter));

        // The first one wakes up: it keeps nothing, renews nothing and writes nothing.
        var refused = await Assert.ThrowsAsync<StaleEpochException>(async () =>
            await first.Writer.AppendAsync(
                new(Noon, SampleFacts.Accepted()) { Messages = [SampleMessages.Event("x")] }));
        Assert.Equal(second.Lease.Epoch, refused.Current);
        Assert.Empty(await a.Leases.RenewAsync([first.Lease], Long));
        await a.Leases.ReleaseAsync([first.Lease]);
        Assert.Equal("b", Assert.Single(await a.Leases.ListAsync()).Node);
        Assert.Empty(await a.Outbox.ReadAsync(0, 10, long.MaxValue));
    }

    [RequiresPostgresFact]
    public async Task A_lease_that_is_renewed_holds_and_one_that_expired_is_not_renewed()
    {
        var (a, b) = (Open("a"), Open("b"));
        var kept = await GrantAsync(a, Key, Long);
        var role = await GrantAsync(a, LeaseKey.OfRole("outbox"), Long);
        Assert.Equal([kept.Lease, role.Lease],
            (await a.Leases.RenewAsync([kept.Lease, role.Lease], Long * 2)).OrderBy(lease => lease.Epoch));
        Assert.All(await b.Leases.ListAsync(), lease => Assert.True(lease.For > Long));
        await SqlAsync("UPDATE leases SET expires_at = clock_timestamp() WHERE scene = 'scene-1'");
        Assert.Equal([role.Lease], await a.Leases.RenewAsync([kept.Lease, role.Lease], Long));
        Assert.IsType<LeaseAnswer.Granted>(await b.Leases.AskAsync(Key, Long));
        Assert.Equal("a",
            Assert.IsType<LeaseAnswer.HeldByOther>(await b.Leases.AskAsync(LeaseKey.OfRole("outbox"), Long)).Node);
    }

    [RequiresPostgresFact]
    public async Task A_lease_that_is_given_back_can_be_taken_at_once_and_those_who_wait_are_woken()
    {
        var (a, b) = (Open("a"), Open("b"));
        var lease = await GrantAsync(a, Key, Long);
        Assert.IsType<LeaseAnswer.HeldByOther>(await b.Leases.AskAsync(Key, Long));
        var woken = b.Leases.WaitAsync(CancellationToken.None);
        await a.Leases.ReleaseAsync([lease.Lease]);
        await woken.WaitAsync(Soon);
        Assert.True((await GrantAsync(b, Key, Long)).Lease.Epoch > lease.Lease.Epoch);
    }

    [RequiresPostgresFact]
    public async Task Nobody_opens_a_writer_or_forgets_a_scene_over_the_head_of_its_owner()
    {
        var (a, b) = (Open("a"), Open("b"));
        var lease = await GrantAsync(a, Key, Long);
        await lease.Writer!.AppendAsync(new(Noon, SampleFacts.Opened(), new SceneFact.SceneFailed("x", "y", [])));
        var busy = await Assert.ThrowsAsync<JournalBusyException>(async () => await b.OpenWriterAsync(Scene));
        Assert.Contains("belongs to node a", busy.Message, StringComparison.Ordinal);
        Assert.Equal(ForgetOutcome.StillOpen, await b.ForgetAsync(Scene));

        // The owner itself may, and stays it.
        var writer = await a.OpenWriterAsync(Scene);
        Assert.Equal(3, await writer.AppendAsync(new(Noon, SampleFacts.Accepted())));
        Assert.Equal([lease.Lease], await a.Leases.RenewAsync([lease.Lease], Long));
    }

    [RequiresPostgresFact]
    public async Task A_node_that_was_started_again_has_its_leases_back_at_once()
    {
        var before = Open("a");
        var lease = await GrantAsync(before, Key, Long);
        await before.DisposeAsync();
        var after = Open("a");
        Assert.Empty(await after.Leases.RenewAsync([lease.Lease], Long));
        Assert.True((await GrantAsync(after, Key, Long)).Lease.Epoch > lease.Lease.Epoch);
    }

    [RequiresPostgresFact]
    public async Task Scenes_that_nobody_owns_are_listed_by_urgency_and_those_with_strips_behind_them()
    {
        var (a, b) = (Open("a"), Open("b"));
        await OpenSceneAsync(a, "owned", Noon);
        await OpenSceneAsync(a, "none", null);
        await OpenSceneAsync(a, "late", Noon.AddHours(2));
        await OpenSceneAsync(a, "early", Noon.AddHours(1));
        await GrantAsync(a, LeaseKey.Of(SceneId.Parse("owned")), Long);
        var strip = (SceneFact.SceneOpened)SampleFacts.Opened();
        await b.Inbox.PutAsync(new InboxItem.Strip(
            strip.Scene with { Id = SceneId.Parse("new") }, SampleFacts.Accepted().Strip));
        Assert.Equal(["early", "late", "none", "new"],
            (await b.Leases.ListFreeAsync(10)).Select(scene => scene.Value));
        Assert.Equal(["early"], (await b.Leases.ListFreeAsync(1)).Select(scene => scene.Value));
    }

    [RequiresPostgresFact]
    public async Task Clocks_of_the_nodes_do_not_matter()
    {
        var (early, late) = (new OtherTime(-9999), new OtherTime(9999));
        await using var a = PostgresJournal.Open(new() { Address = Address, Node = "a" }, early);
        await using var b = PostgresJournal.Open(new() { Address = Address, Node = "b" }, late);
        await SqlAsync("ALTER DATABASE " + Database + " SET timezone = 'Pacific/Kiritimati'");
        var lease = await GrantAsync(a, Key, Long);
        // Facts carry the writer's clock, however wrong it is; who owns what is not told by it.
        await lease.Writer!.AppendAsync(new(Noon.AddYears(-30), SampleFacts.Opened()));
        Assert.IsType<LeaseAnswer.HeldByOther>(await b.Leases.AskAsync(Key, Long));
        Assert.InRange(Assert.Single(await b.Leases.ListAsync()).For, Long - Soon, Long);
    }

    [RequiresPostgresFact]
    public async Task Who_can_write_nothing_more_keeps_no_lease_from_others()
    {
        var (a, b) = (Open("a"), Open("b"));
        var lease = await GrantAsync(a, Key, TimeSpan.FromMilliseconds(300));
        Assert.False(a.Broken.IsCompleted);
        await SqlAsync("DELETE FROM runs WHERE node = 'a'");
        await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
            await lease.Writer!.AppendAsync(new(Noon, SampleFacts.Opened())));
        await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
            await a.Leases.RenewAsync([lease.Lease], Long));
        Assert.Contains("older copy", (await a.Broken.WaitAsync(Soon)).Message, StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () => await b.Leases.AskAsync(Key, Long) is LeaseAnswer.Granted);
    }

    [RequiresPostgresFact]
    public async Task A_scene_for_which_a_strip_waits_is_not_forgotten()
    {
        var a = Open("a");
        var writer = await a.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(Noon, SampleFacts.Opened(), new SceneFact.SceneFailed("x", "y", [])));
        await a.Inbox.PutAsync(new InboxItem.Strip(
            SampleFacts.Opened().Scene with { Id = Scene }, SampleFacts.Accepted().Strip));
        Assert.Equal(ForgetOutcome.StillOpen, await a.ForgetAsync(Scene));
        await a.Inbox.RemoveAsync([.. (await a.Inbox.ReadAsync(Scene, 0, 10)).Select(entry => entry.Key)]);
        Assert.Equal(ForgetOutcome.Forgotten, await a.ForgetAsync(Scene));
    }

    private static async Task<LeaseAnswer.Granted> GrantAsync(
        PostgresJournal journal, LeaseKey key, TimeSpan term) =>
        Assert.IsType<LeaseAnswer.Granted>(await journal.Leases.AskAsync(key, term));

    private static async Task OpenSceneAsync(PostgresJournal journal, string name, DateTimeOffset? deadline)
    {
        var writer = await journal.OpenWriterAsync(SceneId.Parse(name));
        await writer.AppendAsync(new(Noon, SampleFacts.Opened(deadline)));
    }

    private sealed class OtherTime(int days) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(days);
    }
}
