using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.IntegrationTests.Journal.Postgres;
using SpexStream.IntegrationTests.Support;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Sharing;

/// <summary>More scenes than all nodes have places for.</summary>
[Collection(PostgresTests.Name)]
public sealed class CrowdedNodesTests(PostgresServer server, StripFiles files)
    : PostgresTestBase(server), IClassFixture<StripFiles>
{
    private const int Many = 2000;

    [RequiresPostgresFact]
    public async Task Strips_of_new_scenes_wait_with_the_broker_until_there_is_a_place_on_any_node()
    {
        using var folder = new TemporaryFolder();
        await using var first = new SharedNode(Open("node-1"), folder, terms: SharedNode.Patient, maxScenes: 1);
        await using var second = new SharedNode(Open("node-2"), folder, terms: SharedNode.Patient, maxScenes: 1);
        SharedNode[] nodes = [first, second];
        await Eventually.HoldsAsync(() => nodes.All(node => node.Runtime.Nodes == nodes.Length));
        await DeliverAsync(first, "s-1", 0);
        await DeliverAsync(first, "s-2", 0);
        await Eventually.HoldsAsync(() => nodes.All(node => node.Scenes == 1));

        // What nobody takes lies in the inbox after the first moment: nothing more is put on top of it.
        var put = 0;
        while (put < Many && await IsTakenAsync(second, $"new-{put}"))
        {
            put++;
        }

        Assert.InRange(put, 1, Many - 1);
        Assert.Equal((long)put, await SqlAsync("SELECT count(*) FROM strips"));
        var waiting = second.Runtime.DeliverAsync(Delivery("last", 0), CancellationToken.None).AsTask();
        // Scenes at work go on, whichever node their strips reach.
        await DeliverAsync(second, "s-1", 1);
        await DeliverAsync(first, "s-2", 1);
        Assert.False(waiting.IsCompleted);

        await using var third = new SharedNode(
            Open("node-3"), folder, terms: SharedNode.Patient, maxScenes: 2 * Many);
        Assert.IsType<DeliveryOutcome.Accepted>(await waiting.WaitAsync(Soon));
        await UntilAsync("SELECT count(*) = 0 FROM strips");
        // Those that have no place get nothing of its many: it would come back, again and again.
        Assert.DoesNotContain(third.Ended, one => one is { Key.Scene: not null, Why: LeaseEnd.GivenUp });
    }

    private async Task<bool> IsTakenAsync(SharedNode node, string scene)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            await node.Runtime.DeliverAsync(Delivery(scene, 0), limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task DeliverAsync(SharedNode node, string scene, int strip)
    {
        using var limit = new CancellationTokenSource(Soon);
        Assert.IsType<DeliveryOutcome.Accepted>(
            await node.Runtime.DeliverAsync(Delivery(scene, strip), limit.Token));
    }

    private StripDelivery Delivery(string scene, int strip) =>
        files.Delivery(MadeImagery.SixBands, 3, strip, scene);
}
