using Npgsql;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.IntegrationTests.Journal.Postgres;
using SpexStream.IntegrationTests.Support;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Sharing;

/// <summary>An order that another node has passed on is carried out once and answered once.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedOrdersTests(PostgresServer server, StripFiles files)
    : PostgresTestBase(server), IClassFixture<StripFiles>
{
    private const string Done = "Revision 1 is withdrawn.";
    private static readonly SceneId Made = SceneId.Parse("made");

    [RequiresPostgresFact]
    public async Task One_before_a_strip_that_waits_is_not_done_again_by_the_next_owner()
    {
        using var folder = new TemporaryFolder();
        await ClosedAsync(folder);
        var inbox = Open("node-0").Inbox;
        await inbox.PutAsync(Retract);
        await inbox.PutAsync(InboxItem.Strip.From(Delivery(1)));
        var gate = new ShutGate();
        await using (var first = new SharedNode(Open("node-1"), folder, gate: gate))
        {
            // It has the order done and the strip in hand, which waits for the gate; so it is ended.
            await Eventually.HoldsAsync(() => gate.Waiting == 1);
            Assert.Equal([Done], first.Answered);
        }

        await using var second = new SharedNode(Open("node-2"), folder);
        await UntilAsync("SELECT count(*) = 0 FROM strips");
        Assert.Empty(second.Answered);
    }

    [RequiresPostgresFact]
    public async Task One_whose_commit_outlasts_the_right_to_the_scene_is_answered_by_what_was_done()
    {
        using var folder = new TemporaryFolder();
        await ClosedAsync(folder);
        await using var node = new SharedNode(Open("node-1"), folder);
        await Eventually.HoldsAsync(() => node.Runtime.IsSeen);
        await using (var hold = await node.Runtime.TryHoldAsync(Made, CancellationToken.None))
        {
            Assert.NotNull(hold);
            var tenure = node.TenureOf("made")!;
            await using var shell = NpgsqlDataSource.Create(Server.ConnectionString(Database));
            await using var connection = await shell.OpenConnectionAsync();
            await using (var slow = await connection.BeginTransactionAsync())
            {
                await using var keep = new NpgsqlCommand(
                    "SELECT FROM spexstream.scenes WHERE name = 'made' FOR UPDATE", connection, slow);
                await keep.ExecuteNonQueryAsync();
                await Open("node-0").Inbox.PutAsync(Retract);
                await UntilAsync("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted");
                await SqlAsync("DELETE FROM leases WHERE scene = 'made'");
                await Eventually.HoldsAsync(() => tenure.Ended.IsCancellationRequested);
                await slow.CommitAsync();
            }
        }

        await UntilAsync("SELECT count(*) = 0 FROM strips");
        await Eventually.HoldsAsync(() => !node.Answered.IsEmpty);
        Assert.Equal([Done], node.Answered);
    }

    private static InboxItem.Order Retract =>
        InboxItem.Order.From(Made, new SceneOrder.Retract(null, null), "replies", "AAAA");

    private StripDelivery Delivery(int strip) => files.Delivery(MadeImagery.SixBands, 3, strip, "made");

    // A scene that has its product, and belongs to nobody.
    private async Task ClosedAsync(TemporaryFolder folder)
    {
        await using var node = new SharedNode(Open("maker"), folder);
        for (var strip = 0; strip < 3; strip++)
        {
            Assert.IsType<DeliveryOutcome.Accepted>(
                await node.Runtime.DeliverAsync(Delivery(strip), CancellationToken.None));
        }

        await node.Events.ClosedAsync("made");
        await Eventually.HoldsAsync(() => node.Scenes == 0);
    }
}
