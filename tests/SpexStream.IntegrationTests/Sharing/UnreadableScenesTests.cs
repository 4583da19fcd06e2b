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
    public Task One_that_a_newer_program_wrote() => WaitsAsync(typeof(JournalNewerException), async () =>
    {
        // As it would be sealed by that program.
        var place = (string)(await SqlAsync(
            "SELECT sequence || ' ' || epoch || ' ' || at FROM facts WHERE scene = 'made' AND sequence = 2"))!;
        var (sequence, epoch, at) = place.Split(' ') is [var a, var b, var c]
            ? (Number(a), Number(b), Number(c)) : default;
        var body = Encoding.UTF8.GetBytes(NewerKind);
        await SqlAsync($"""
            CREATE TABLE kept AS SELECT * FROM facts;
            UPDATE facts SET body = '\x{Convert.ToHexString(body)}',
            seal = {FactRow.SealOf(SceneId.Parse("made"), sequence, epoch, at, body)}
            WHERE scene = 'made' AND sequence = 2
            """);
    });

    [RequiresPostgresFact]
    public Task One_whose_facts_are_damaged() => WaitsAsync(typeof(JournalDamagedException), () => SqlAsync(
        "CREATE TABLE kept AS SELECT * FROM facts; UPDATE facts SET seal = seal + 1 WHERE sequence = 2"));

    [RequiresPostgresFact]
    public Task One_whose_row_is_damaged() => WaitsAsync(typeof(JournalDamagedException), () => SqlAsync(
        "CREATE TABLE kept AS SELECT * FROM facts; UPDATE scenes SET standing = 1 WHERE name = 'made'"));

    private async Task WaitsAsync(Type fault, Func<Task> damage)
    {
        using var folder = new TemporaryFolder();
        await using (var maker = new SharedNode(Open("maker"), folder))
        {
            await DeliverAsync(maker, "made", 0);
        }

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
            UPDATE scenes SET standing = 0 WHERE name = 'made'
            """);
        await using var third = new SharedNode(Open("node-3"), folder);
        await third.Events.ClosedAsync("made");
        await UntilAsync("SELECT count(*) = 0 FROM strips");
    }

    private async Task DeliverAsync(SharedNode node, string scene, int strip)
    {
        using var limit = new CancellationTokenSource(Soon);
        Assert.IsType<DeliveryOutcome.Accepted>(await node.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 3, strip, scene), limit.Token));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
