using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Telemetry;
using SpexStream.IntegrationTests.Journal.Postgres;
using SpexStream.IntegrationTests.Sharing;
using SpexStream.IntegrationTests.Support;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Actors;

/// <summary>Nodes of an Akka.NET cluster with one journal in a real database.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedActorsTests(PostgresServer server, StripFiles files)
    : PostgresTestBase(server), IClassFixture<StripFiles>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [RequiresPostgresFact]
    public async Task Tiles_of_one_scene_are_worked_by_devices_of_every_node_and_its_products_are_the_same()
    {
        using var folder = new TemporaryFolder();
        var reference = await UndisturbedAsync(folder);
        using var helped = new ManualResetEventSlim();
        var ports = ActorsNode.FreePorts(2);
        // Who owns the scene, sharding says; it waits with its own tiles until the other has done some.
        await using var first = new ActorsNode(Open("node-1"), folder, ports[0], ports, helped);
        await using var second = new ActorsNode(Open("node-2"), folder, ports[1], ports, helped);
        await Task.WhenAll(first.BeginAsync(), second.BeginAsync());
        await Eventually.HoldsAsync(() => first.Others == 1 && second.Others == 1);
        for (var strip = 0; strip < 3; strip++)
        {
            Assert.IsType<DeliveryOutcome.Accepted>(await DeliverAsync(strip % 2 == 0 ? first : second, strip));
        }

        var (owner, helper) = first.Figures.OpenScenes > 0 ? (first, second) : (second, first);
        await Eventually.HoldsAsync(() => owner.ByOthers >= 8);
        helped.Set();
        var closed = await owner.Events.ClosedAsync("made").WaitAsync(Patience);
        Assert.Equal(reference, Files(closed));
        Assert.InRange(owner.ByOthers, 8, helper.ForOthers);
    }

    [RequiresPostgresFact]
    public async Task A_scene_that_another_node_holds_is_opened_when_it_lets_go_and_its_writer_of_before_is_refused()
    {
        using var folder = new TemporaryFolder();
        var ports = ActorsNode.FreePorts(2);
        await using var first = new ActorsNode(Open("node-1"), folder, ports[0], ports);
        await using var second = new ActorsNode(Open("node-2"), folder, ports[1], ports);
        await Task.WhenAll(first.BeginAsync(), second.BeginAsync());
        await Eventually.HoldsAsync(() => first.Others == 1 && second.Others == 1);

        // A third, which is none of the two that could own it.
        var holds = new Pipeline.Leases.SceneHolds(
            Open("node-3").Leases, SharedNode.Terms, TimeProvider.System);
        var held = await holds.TryHoldAsync(SceneId.Parse("made"), CancellationToken.None);
        Assert.NotNull(held);
        Assert.Null(await first.Share.Holds.TryHoldAsync(SceneId.Parse("made"), CancellationToken.None));
        var delivery = DeliverAsync(first, 0);
        await Eventually.HoldsAsync(() => first.Figures.OpenScenes + second.Figures.OpenScenes == 1);
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM facts"));
        Assert.False(delivery.IsCompleted);

        await held.DisposeAsync();
        Assert.IsType<DeliveryOutcome.Accepted>(await delivery);
        Assert.Equal(0L, await SqlAsync("SELECT count(*) FROM leases WHERE scene = 'made'"));
    }

    [RequiresPostgresFact]
    public async Task What_comes_for_a_scene_that_cannot_be_read_waits_in_the_inbox_until_it_can()
    {
        using var folder = new TemporaryFolder();
        await using (var maker = new SharedNode(Open("maker"), folder))
        {
            await maker.Runtime.DeliverAsync(
                files.Delivery(MadeImagery.SixBands, 3, 0, "made"), CancellationToken.None);
        }

        await SqlAsync("UPDATE facts SET seal = seal + 1 WHERE sequence = 2");
        var ports = ActorsNode.FreePorts(2);
        var first = new ActorsNode(Open("node-1"), folder, ports[0], ports);
        await using (first)
        {
            await first.BeginAsync();
            Assert.IsType<DeliveryOutcome.Accepted>(await DeliverAsync(first, 1));
            Assert.IsType<DeliveryOutcome.Accepted>(await DeliverAsync(first, 2));
            await first.Runtime.EndPassAsync(new(SceneId.Parse("made"), 3), CancellationToken.None);
            Assert.Contains("scene made cannot be read", first.Share.Unreadable.Warning, StringComparison.Ordinal);
            Assert.Equal((3L, 0), (await SqlAsync("SELECT count(*) FROM strips"), first.Figures.WaitingStrips));
        }

        await SqlAsync("UPDATE facts SET seal = seal - 1 WHERE sequence = 2");
        await using var second = new ActorsNode(Open("node-2"), folder, ports[0], ports);
        await second.BeginAsync();
        await second.Events.ClosedAsync("made").WaitAsync(Patience);
        await UntilAsync("SELECT count(*) = 0 FROM strips");
        Assert.Null(second.Share.Unreadable.Warning);
    }

    private async Task<DeliveryOutcome> DeliverAsync(ActorsNode node, int strip) =>
        await node.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 3, strip, "made"), new CancellationTokenSource(Patience).Token);

    private async Task<Dictionary<string, string>> UndisturbedAsync(TemporaryFolder folder)
    {
        using var meter = new SpexMeter();
        var (runtime, events) = SharedNode.Alone(folder, meter, ActorsNode.Processing);
        await using (runtime)
        {
            for (var strip = 0; strip < 3; strip++)
            {
                await runtime.DeliverAsync(
                    files.Delivery(MadeImagery.SixBands, 3, strip, "made"), CancellationToken.None);
            }

            return Files(await events.ClosedAsync("made"));
        }
    }

    private static Dictionary<string, string> Files(SceneOutcome outcome) =>
        Directory.GetFiles(outcome.Folder, "*.tif").ToDictionary(
            path => Path.GetFileName(path), path => Convert.ToBase64String(File.ReadAllBytes(path)));
}
