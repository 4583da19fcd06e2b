using Npgsql;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Telemetry;
using SpexStream.IntegrationTests.Journal.Postgres;
using SpexStream.IntegrationTests.Support;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Sharing;

/// <summary>Nodes of one process share scenes through a real database.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedScenesTests(PostgresServer server, StripFiles files)
    : PostgresTestBase(server), IClassFixture<StripFiles>
{
    [RequiresPostgresFact]
    public async Task Strips_may_reach_any_node_and_every_scene_has_one_owner()
    {
        using var folder = new TemporaryFolder();
        var reference = await UndisturbedAsync(folder);
        await using var first = new SharedNode(Open("node-1"), folder, terms: SharedNode.Patient);
        await using var second = new SharedNode(Open("node-2"), folder, terms: SharedNode.Patient);
        await using var third = new SharedNode(Open("node-3"), folder, terms: SharedNode.Patient);
        SharedNode[] nodes = [first, second, third];
        await Eventually.HoldsAsync(() => nodes.All(node => node.Runtime.Nodes == nodes.Length));

        string[] scenes = ["s-1", "s-2", "s-3", "s-4"];
        for (var strip = 0; strip < 3; strip++)
        {
            for (var scene = 0; scene < scenes.Length; scene++)
            {
                Assert.IsType<DeliveryOutcome.Accepted>(await DeliverAsync(
                    nodes[(scene + strip) % nodes.Length], scenes[scene], strip));
            }

            if (strip == 0)
            {
                await Eventually.HoldsAsync(() => nodes.Sum(node => node.Scenes) == scenes.Length);
                Assert.All(nodes, node => Assert.InRange(node.Scenes, 1, 2));
                // The same once more, to each node: nothing new to the scene, whichever way it comes.
                foreach (var node in nodes)
                {
                    await DeliverAsync(node, scenes[0], strip);
                }
            }
        }

        foreach (var scene in scenes)
        {
            Assert.Equal(reference, Masks(await ClosedAsync(nodes, scene)));
        }

        Assert.Equal(12L, await SqlAsync(
            "SELECT count(*) FROM facts WHERE convert_from(body, 'UTF8') LIKE '%\"strip-accepted\"%'"));
        Assert.Equal(4L, await SqlAsync("SELECT count(DISTINCT (scene, epoch)) FROM facts"));
        await Eventually.HoldsAsync(() => nodes.All(node => node.Scenes == 0));
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM strips"));
    }

    [RequiresPostgresFact]
    public async Task A_node_does_not_look_at_everything_for_each_piece_of_news()
    {
        using var folder = new TemporaryFolder();
        var journal = Open("node-1");
        var leases = new CountedLeases(journal.Leases);
        await using var node = new SharedNode(journal, folder, leases: leases);
        await Eventually.HoldsAsync(() => node.Runtime.Nodes == 1);
        var (looks, began) = (leases.Looks, TimeProvider.System.GetTimestamp());
        await using var storm = new NpgsqlConnection(Server.ConnectionString(Database));
        await storm.OpenAsync();
        await using var word = new NpgsqlCommand("NOTIFY spex_journal, 'l'", storm);
        for (var i = 0; i < 500; i++)
        {
            await word.ExecuteNonQueryAsync();
        }

        await Eventually.HoldsAsync(() => leases.Looks > looks);
        var most = (TimeProvider.System.GetElapsedTime(began) / TimeSpan.FromMilliseconds(100)) + 2;
        Assert.InRange(leases.Looks - looks, 1, most);
    }

    [RequiresPostgresFact]
    public async Task A_scene_whose_lease_is_lost_is_taken_up_under_another_and_its_products_are_the_same()
    {
        using var folder = new TemporaryFolder();
        var reference = await UndisturbedAsync(folder);
        await using var first = new SharedNode(Open("node-1"), folder);
        await DeliverAsync(first, "made", 0);
        await DeliverAsync(first, "made", 1);
        await using var second = new SharedNode(Open("node-2"), folder);
        await Eventually.HoldsAsync(() => second.Runtime.Nodes == 2);

        // As if the first had stood still for longer than its lease: it hears of it when it wants to renew.
        var before = await SqlAsync("SELECT epoch FROM scenes WHERE name = 'made'");
        var lost = first.TenureOf("made")!;
        await SqlAsync("DELETE FROM leases WHERE scene = 'made'");
        await Eventually.HoldsAsync(() => lost.Ended.IsCancellationRequested);
        await Eventually.HoldsAsync(() => first.Has("made") || second.Has("made"));
        Assert.NotEqual(before, await SqlAsync("SELECT epoch FROM scenes WHERE name = 'made'"));
        Assert.IsType<DeliveryOutcome.Accepted>(await DeliverAsync(first, "made", 2));

        var outcome = await ClosedAsync([first, second], "made");
        Assert.Equal(reference, Masks(outcome));
        Assert.Equal(
            Path.GetFileName(outcome.Folder), new DirectoryInfo(Path.Combine(folder["out"], "made")).LinkTarget);
    }

    [RequiresPostgresFact]
    public async Task A_node_that_joins_gets_scenes_that_only_wait_and_one_that_leaves_gives_them_back_at_once()
    {
        using var folder = new TemporaryFolder();
        await using var first = new SharedNode(Open("node-1"), folder);
        await Eventually.HoldsAsync(() => first.Runtime.IsSeen);
        string[] scenes = ["s-1", "s-2", "s-3", "s-4"];
        foreach (var scene in scenes)
        {
            await DeliverAsync(first, scene, 0);
        }

        Assert.Equal(4, first.Scenes);
        await using var second = new SharedNode(Open("node-2"), folder);
        await Eventually.HoldsAsync(() => first.Scenes == 2 && second.Scenes == 2);

        var started = TimeProvider.System.GetTimestamp();
        await first.Runtime.DrainAsync(TimeSpan.FromSeconds(5), CancellationToken.None);
        await Eventually.HoldsAsync(() => second.Scenes == 4);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, SharedNode.Terms.Term);
    }

    [RequiresPostgresFact]
    public async Task A_strip_that_its_scene_refuses_on_another_node_is_told_of_and_does_not_come_again()
    {
        using var folder = new TemporaryFolder();
        await using var first = new SharedNode(Open("node-1"), folder);
        await Eventually.HoldsAsync(() => first.Runtime.IsSeen);
        await DeliverAsync(first, "made", 0);
        await using var second = new SharedNode(Open("node-2"), folder);
        Assert.IsType<DeliveryOutcome.Accepted>(await second.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.FourBands, 3, 1), CancellationToken.None));

        await Eventually.HoldsAsync(() => first.Refused.Count == 1);
        Assert.Equal("node-2", first.Refused[0].Entry.Node);
        await DeliverAsync(second, "made", 1);
        await DeliverAsync(second, "made", 2);
        await first.Events.ClosedAsync("made");
        Assert.Single(first.Refused);
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM strips"));
    }

    [RequiresPostgresFact]
    public async Task A_scene_that_never_began_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var node = new SharedNode(Open("node-1"), folder);
        await node.Runtime.EndPassAsync(new(SceneId.Parse("never"), 3), CancellationToken.None);
        await DeliverAsync(node, "made", 0);
        await Eventually.HoldsAsync(() => node.Scenes == 1 && !node.Has("never"));
        await UntilAsync("SELECT (SELECT count(*) FROM strips) = 0 AND (SELECT count(*) FROM scenes) = 1");
    }

    [RequiresPostgresFact]
    public async Task What_retention_writes_of_a_scene_keeps_no_strip_of_it_out()
    {
        using var folder = new TemporaryFolder();
        await using var node = new SharedNode(Open("node-1"), folder);
        await DeliverAsync(node, "made", 0);
        await DeliverAsync(node, "made", 1);
        await DeliverAsync(node, "made", 2);
        var product = Path.GetFileName((await node.Events.ClosedAsync("made")).Folder);
        await Eventually.HoldsAsync(() => node.Scenes == 0);
        await using var other = new SharedNode(Open("node-2"), folder);
        await Eventually.HoldsAsync(() => node.Runtime.Nodes == 2);

        var made = SceneId.Parse("made");
        Task<DeliveryOutcome> late;
        using (node.Runtime.TryHold(made))
        await using (var hold = await node.Runtime.TryHoldAsync(made, CancellationToken.None))
        {
            Assert.Null(await other.Runtime.TryHoldAsync(made, CancellationToken.None));
            // It opens the scene again, which waits for the end of the hold.
            late = DeliverAsync(node, "made", 1).AsTask();
            await hold!.Writer.AppendAsync(new(
                TimeProvider.System.GetUtcNow(), new SceneFact.ProductRemoved(1, product)));
        }

        await late;
        await Eventually.HoldsAsync(() => node.Scenes + other.Scenes == 0);
    }

    [RequiresPostgresFact]
    public async Task An_owner_whose_node_has_opened_another_writer_asks_for_its_scene_anew()
    {
        using var folder = new TemporaryFolder();
        await using var node = new SharedNode(Open("node-1"), folder);
        await DeliverAsync(node, "made", 0);
        await node.Journal.OpenWriterAsync(SceneId.Parse("made"));
        Assert.IsType<DeliveryOutcome.Accepted>(await DeliverAsync(node, "made", 1));
        Assert.IsType<DeliveryOutcome.Accepted>(await DeliverAsync(node, "made", 2));
        await node.Events.ClosedAsync("made");
    }

    private ValueTask<DeliveryOutcome> DeliverAsync(SharedNode node, string scene, int strip) =>
        node.Runtime.DeliverAsync(Announced(scene, strip), new CancellationTokenSource(Soon).Token);

    // As the intake hands a strip over whose checksum was announced: with the stamp of the file that it looked at.
    private StripDelivery Announced(string scene, int strip)
    {
        var delivery = files.Delivery(MadeImagery.SixBands, 3, strip, scene);
        var file = new FileInfo(delivery.Path);
        return delivery with
        {
            Stamp = new(file.Length, file.LastWriteTimeUtc),
            Strip = delivery.Strip with { ContentId = $"multihash:1220{strip:x64}" },
        };
    }

    private static async Task<SceneOutcome> ClosedAsync(SharedNode[] nodes, string scene) =>
        await await Task.WhenAny(nodes.Select(node => node.Events.ClosedAsync(scene)));

    private async Task<Dictionary<string, string>> UndisturbedAsync(TemporaryFolder folder)
    {
        using var meter = new SpexMeter();
        var (runtime, events) = SharedNode.Alone(folder, meter);
        await using (runtime)
        {
            for (var strip = 0; strip < 3; strip++)
            {
                await runtime.DeliverAsync(
                    files.Delivery(MadeImagery.SixBands, 3, strip, "made"), CancellationToken.None);
            }

            return Masks(await events.ClosedAsync("made"));
        }
    }

    private static Dictionary<string, string> Masks(SceneOutcome outcome) =>
        Directory.EnumerateFiles(outcome.Folder, "*.tif").ToDictionary(
            path => Path.GetFileName(path), path => Convert.ToBase64String(File.ReadAllBytes(path)));
}
