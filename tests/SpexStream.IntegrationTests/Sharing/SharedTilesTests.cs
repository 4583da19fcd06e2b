using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.IntegrationTests.Journal.Postgres;
using SpexStream.IntegrationTests.Support;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Sharing;

/// <summary>Nodes of one process work the tiles of one scene through a real database.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedTilesTests(PostgresServer server, StripFiles files)
    : PostgresTestBase(server), IClassFixture<StripFiles>
{
    private static readonly ProcessingOptions Small = SharedNode.Processing with { TileSize = 64 };

    [RequiresPostgresFact]
    public async Task One_scene_is_worked_by_its_owner_and_by_those_who_have_nothing_to_do()
    {
        using var folder = new TemporaryFolder();
        var reference = await UndisturbedAsync(folder, Small);
        using var helped = new ManualResetEventSlim();
        await using var owner = new SharedNode(Open("node-1"), folder, Small, () => helped.Wait(Soon));
        await using var second = new SharedNode(Open("node-2"), folder, Small);
        await using var third = new SharedNode(Open("node-3"), folder, Small);
        await Eventually.HoldsAsync(() => owner.Runtime.Nodes == 3);
        await DeliverAllAsync(owner);

        await Eventually.HoldsAsync(() => owner.ByOthers >= 8 && second.ForOthers > 0 && third.ForOthers > 0);
        helped.Set();
        Assert.Equal(reference, Files(await owner.Events.ClosedAsync("made")));
        Assert.InRange(owner.ByOthers, 8, second.ForOthers + third.ForOthers);
        Assert.Empty(second.Left.Concat(third.Left));
        await UntilAsync("SELECT count(*) = 0 FROM tiles");
        await Eventually.HoldsAsync(() => !Directory.Exists(Path.Combine(SharedNode.SharedFolder(folder), "made")));
    }

    [RequiresPostgresFact]
    public async Task Tiles_of_a_helper_that_stands_still_are_done_by_the_owner()
    {
        using var folder = new TemporaryFolder();
        var reference = await UndisturbedAsync(folder, Small);
        using var claimed = new ManualResetEventSlim();
        using var over = new ManualResetEventSlim();
        await using var owner = new SharedNode(Open("node-1"), folder, Small, () => claimed.Wait(Soon));
        await using var helper = new SharedNode(Open("node-2"), folder, Small, () =>
        {
            claimed.Set();
            over.Wait(Soon);
        });
        await Eventually.HoldsAsync(() => owner.Runtime.Nodes == 2);
        await DeliverAllAsync(owner);

        var outcome = await owner.Events.ClosedAsync("made");
        over.Set();
        Assert.True(claimed.IsSet);
        Assert.Equal(reference, Files(outcome));
        Assert.Equal(0, owner.ByOthers);
    }

    [RequiresPostgresFact]
    public async Task A_scene_goes_on_when_its_owner_is_lost_while_others_help()
    {
        using var folder = new TemporaryFolder();
        var reference = await UndisturbedAsync(folder, Small);
        using var lost = new ManualResetEventSlim();
        await using var owner = new SharedNode(Open("node-1"), folder, Small, () => lost.Wait(Soon));
        await using var second = new SharedNode(Open("node-2"), folder, Small);
        await using var third = new SharedNode(Open("node-3"), folder, Small);
        await Eventually.HoldsAsync(() => owner.Runtime.Nodes == 3);
        await DeliverAllAsync(owner);
        await Eventually.HoldsAsync(() => second.ForOthers + third.ForOthers > 0);

        // As if the owner had stood still for longer than its lease.
        var before = await SqlAsync("SELECT epoch FROM scenes WHERE name = 'made'");
        await SqlAsync("DELETE FROM leases WHERE scene = 'made'");
        await UntilAsync($"SELECT epoch > {before} FROM scenes WHERE name = 'made'");
        lost.Set();
        var outcome = await await Task.WhenAny(
            owner.Events.ClosedAsync("made"), second.Events.ClosedAsync("made"), third.Events.ClosedAsync("made"));
        Assert.Equal(reference, Files(outcome));
    }

    [RequiresPostgresFact]
    public async Task Answers_that_are_too_large_for_the_board_go_by_the_shared_folder()
    {
        var large = SharedNode.Processing with { TileSize = 256, Products = ProductKinds.All ^ ProductKinds.Browse };
        using var folder = new TemporaryFolder();
        var reference = await UndisturbedAsync(folder, large, strips: 1);
        using var helped = new ManualResetEventSlim();
        Directory.CreateDirectory(SharedNode.SharedFolder(folder));
        await using var owner = new SharedNode(Open("node-1"), folder, large, () => helped.Wait(Soon));
        await using var helper = new SharedNode(Open("node-2"), folder, large);
        await Eventually.HoldsAsync(() => owner.Runtime.Nodes == 2);
        using var watch = new FileSystemWatcher(SharedNode.SharedFolder(folder), "*.tile")
        {
            IncludeSubdirectories = true,
        };
        var seen = 0;
        watch.Deleted += (_, _) => Interlocked.Increment(ref seen);
        watch.EnableRaisingEvents = true;
        await DeliverAsync(owner, 0, strips: 1);

        await Eventually.HoldsAsync(() => owner.ByOthers >= 2);
        helped.Set();
        Assert.Equal(reference, Files(await owner.Events.ClosedAsync("made")));
        await Eventually.HoldsAsync(() => Volatile.Read(ref seen) > 0);
        await Eventually.HoldsAsync(() => !Directory.Exists(Path.Combine(SharedNode.SharedFolder(folder), "made")));
    }

    [RequiresPostgresFact]
    public async Task A_helper_returns_the_model_of_a_scene_that_has_no_more_for_it()
    {
        using var folder = new TemporaryFolder();
        using var helped = new ManualResetEventSlim();
        await using var owner = new SharedNode(Open("node-1"), folder, Small, () => helped.Wait(Soon));
        await using var helper = new SharedNode(Open("node-2"), folder, Small);
        await Eventually.HoldsAsync(() => owner.Runtime.Nodes == 2);
        await DeliverAllAsync(owner);
        await Eventually.HoldsAsync(() => helper.ForOthers > 0);
        Assert.NotEqual(0, helper.Leased);
        helped.Set();
        await owner.Events.ClosedAsync("made");
        await Eventually.HoldsAsync(() => helper.Leased == 0);
    }

    [RequiresPostgresFact]
    public async Task An_order_of_a_newer_program_is_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        await using var owner = new SharedNode(Open("node-1"), folder, Small);
        await Eventually.HoldsAsync(() => owner.Runtime.IsSeen);
        await DeliverAsync(owner, 0);
        await using var helper = new SharedNode(Open("node-2"), folder, Small);
        await Eventually.HoldsAsync(() => helper.Runtime.Nodes == 2);
        var epoch = (long)(await SqlAsync("SELECT epoch FROM scenes WHERE name = 'made'"))!;
        TileOffer[] offers = [.. Enumerable.Range(0, 9).Select(i => new TileOffer($"{i:x32}", new byte[] { 99, 1 }))];
        await owner.Journal.Tiles.OfferAsync(SceneId.Parse("made"), epoch, [.. offers]);

        await Eventually.HoldsAsync(() => !helper.Left.IsEmpty || !owner.Left.IsEmpty);
        var line = helper.Left.Concat(owner.Left).First();
        Assert.Equal(
            "A tile of scene made is left to its owner: the order has version 99, and this program knows version 1: "
            + "update this node", line);
        Assert.True(helper.Left.Count < offers.Length);
    }

    [RequiresPostgresFact]
    public async Task Orders_that_break_what_reads_them_cost_neither_a_claim_nor_the_helper()
    {
        using var folder = new TemporaryFolder();
        await using var owner = new SharedNode(Open("node-1"), folder, Small);
        await Eventually.HoldsAsync(() => owner.Runtime.Nodes == 1);
        await DeliverAsync(owner, 0);
        await using var helper = new SharedNode(Open("node-2"), folder, Small);
        await Eventually.HoldsAsync(() => helper.Runtime.Nodes == 2);
        var epoch = (long)(await SqlAsync("SELECT epoch FROM scenes WHERE name = 'made'"))!;
        // A tile above the scene's first row: no node that reads the order right writes one.
        await owner.Journal.Tiles.OfferAsync(
            SceneId.Parse("made"), epoch, [.. Enumerable.Range(0, 9).Select(i => new TileOffer($"{i:x32}", Order(i)))]);

        await UntilAsync("SELECT count(*) = 9 FROM tiles WHERE result IS NOT NULL");
        Assert.Equal(9, helper.Left.Count + owner.Left.Count);

        // Version 1; the fields of scene, stage, tile and number.
        static byte[] Order(int number) =>
        [
            1, 1, 5, 4, .. "made"u8, 2, 8, 0, 0, 0, 0, 0, 0, 0, 0, 3, 8, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 4, 16,
            0, 0, 0, 0, 0, 0, 0, 0, (byte)number, 0, 0, 0, 0, 0, 0, 0,
        ];
    }

    private async Task DeliverAllAsync(SharedNode node)
    {
        for (var strip = 0; strip < 3; strip++)
        {
            Assert.IsType<DeliveryOutcome.Accepted>(await DeliverAsync(node, strip));
        }
    }

    private ValueTask<DeliveryOutcome> DeliverAsync(SharedNode node, int strip, int strips = 3) =>
        node.Runtime.DeliverAsync(
        files.Delivery(MadeImagery.SixBands, strips, strip, "made"), new CancellationTokenSource(Soon).Token);

    private async Task<Dictionary<string, string>> UndisturbedAsync(
        TemporaryFolder folder, ProcessingOptions options, int strips = 3)
    {
        using var meter = new SpexMeter();
        var (runtime, events) = SharedNode.Alone(folder, meter, options);
        await using (runtime)
        {
            for (var strip = 0; strip < strips; strip++)
            {
                await runtime.DeliverAsync(
                    files.Delivery(MadeImagery.SixBands, strips, strip, "made"), CancellationToken.None);
            }

            return Files(await events.ClosedAsync("made"));
        }
    }

    private static Dictionary<string, string> Files(SceneOutcome outcome) =>
        Directory.EnumerateFiles(outcome.Folder, "*.tif").ToDictionary(
            path => Path.GetFileName(path), path => Convert.ToBase64String(File.ReadAllBytes(path)));
}
