using System.Globalization;
using System.Text;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.IntegrationTests.Journal.Postgres;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Rows;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Sharing;

/// <summary>A scene that nodes cannot read costs them nothing but itself, and waits for one that can.</summary>
[Collection(PostgresTests.Name)]
public sealed class UnreadableScenesTests(PostgresServer server, StripFiles files)
    : PostgresTestBase(server), IClassFixture<StripFiles>
{
    private const string NewerKind = """{"type":"strip-blessed","version":1,"fact":{}}""";

    [RequiresPostgresFact]
    public Task One_that_a_newer_program_began() => WaitsAsync(typeof(JournalNewerException), 1, WriteNewerAsync);

    [RequiresPostgresFact]
    public Task One_that_a_newer_program_closed() => WaitsAsync(typeof(JournalNewerException), 3, WriteNewerAsync);

    [RequiresPostgresFact]
    public Task One_whose_facts_are_damaged() => WaitsAsync(
        typeof(JournalDamagedException), 1, () => SqlAsync("UPDATE facts SET seal = seal + 1 WHERE sequence = 2"));

    [RequiresPostgresFact]
    public Task One_that_is_open_and_whose_row_is_damaged() => WaitsAsync(
        typeof(JournalDamagedException), 1, DamageRowAsync);

    [RequiresPostgresFact]
    public Task One_that_is_closed_and_whose_row_is_damaged() => WaitsAsync(
        typeof(JournalDamagedException), 3, DamageRowAsync);

    private Task<object?> DamageRowAsync() => SqlAsync("UPDATE scenes SET priority = priority + 1");

    // As it would be sealed by that program.
    private async Task<object?> WriteNewerAsync()
    {
        var place = (string)(await SqlAsync(
            "SELECT sequence || ' ' || epoch || ' ' || at FROM facts WHERE sequence = 2"))!;
        long[] numbers = [.. place.Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        var body = Encoding.UTF8.GetBytes(NewerKind);
        var seal = FactRow.SealOf(SceneId.Parse("made"), numbers[0], numbers[1], numbers[2], body);
        return await SqlAsync(
            $"UPDATE facts SET body = '\\x{Convert.ToHexString(body)}', seal = {seal} WHERE sequence = 2");
    }

    private async Task WaitsAsync(Type fault, int before, Func<Task<object?>> damage)
    {
        using var folder = new TemporaryFolder();
        await using (var maker = new SharedNode(Open("maker"), folder))
        {
            for (var strip = 0; strip < before; strip++)
            {
                await DeliverAsync(maker, "made", strip);
            }

            await Eventually.HoldsAsync(() => before < 3 || maker.Scenes == 0);
        }

        await SqlAsync("CREATE TABLE kept AS SELECT * FROM facts; CREATE TABLE kept_row AS SELECT * FROM scenes");
        await damage();
        await using var first = new SharedNode(Open("node-1"), folder, maxScenes: 1);
        await using var second = new SharedNode(Open("node-2"), folder, maxScenes: 1);
        SharedNode[] nodes = [first, second];
        await Eventually.HoldsAsync(() => nodes.All(node => node.Runtime.Nodes == nodes.Length));
        await DeliverAsync(first, "made", 1);
        await DeliverAsync(second, "made", 2);
        await UntilAsync("SELECT count(*) = 2 FROM strips WHERE scene = 'made'");
        // It has no place that another scene would need, of one for each node.
        for (var strip = 0; strip < 3; strip++)
        {
            await DeliverAsync(first, "s-1", strip);
            await DeliverAsync(second, "s-2", strip);
        }

        await Task.WhenAll(nodes.Select(node => Task.WhenAny(
            node.Events.ClosedAsync("s-1"), node.Events.ClosedAsync("s-2"))));
        await Eventually.HoldsAsync(() => nodes.All(node => node.Scenes == 0 && !node.Unreadable.IsEmpty));
        Assert.All(nodes, node => Assert.Equal(fault, Assert.Single(node.Unreadable).GetType()));
        Assert.Equal(2L, await SqlAsync("SELECT count(*) FROM strips"));

        // As for a node that can read it.
        await SqlAsync("""
            UPDATE facts SET body = kept.body, seal = kept.seal FROM kept
            WHERE facts.scene = kept.scene AND facts.sequence = kept.sequence;
            UPDATE scenes SET priority = kept_row.priority FROM kept_row WHERE scenes.name = kept_row.name
            """);
        await using var third = new SharedNode(Open("node-3"), folder);
        if (before < 3)
        {
            await third.Events.ClosedAsync("made");
        }

        await UntilAsync("SELECT count(*) = 0 FROM strips");
    }

    private async Task DeliverAsync(SharedNode node, string scene, int strip)
    {
        using var limit = new CancellationTokenSource(Soon);
        Assert.IsType<DeliveryOutcome.Accepted>(await node.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 3, strip, scene), limit.Token));
    }
}
