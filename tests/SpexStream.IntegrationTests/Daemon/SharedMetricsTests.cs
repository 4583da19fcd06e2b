using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>What only nodes that share a journal have to show.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedMetricsTests(PostgresServer server, MadeRaster raster) : IClassFixture<MadeRaster>
{
    [RequiresPostgresFact]
    public async Task A_node_of_a_group_shows_its_leases_and_a_lost_database_as_what_keeps_it_from_being_ready()
    {
        var address = (await server.NewDatabaseAsync()).Name.Split('/')[1];
        await using var rig = await DaemonRig.StartAsync(raster, "leases", "--journal", server.Uri(address));
        await Eventually.HoldsAsync(async () => await rig.MetricAsync("spex_leases_held{kind=\"role\"}") > 0);
        Assert.Contains("\nspex_inbox_depth 0\n", (await rig.GetAsync("/metrics")).Body, StringComparison.Ordinal);
        Assert.Equal(1, await rig.MetricAsync("spex_ready{part=\"sharing\"}"));
        await server.KillAsync();
        await Eventually.HoldsAsync(async () => (await rig.GetAsync("/metrics")).Body.Contains(
            "\nspex_ready{part=\"sharing\"} 0\n", StringComparison.Ordinal));
        Assert.Equal(1, await rig.MetricAsync("spex_ready{part=\"broker\"}"));
        await server.StartAsync();
        await Eventually.HoldsAsync(async () => await rig.MetricAsync("spex_ready{part=\"sharing\"}") == 1);
    }
}
