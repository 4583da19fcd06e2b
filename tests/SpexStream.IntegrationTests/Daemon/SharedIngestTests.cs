using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>A node of a group that can take nothing more.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedIngestTests(PostgresServer server, MadeRaster raster) : IClassFixture<MadeRaster>
{
    [RequiresPostgresFact]
    public async Task Ends_so_that_others_get_its_part_of_the_announcements()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "deaf");
        var strip = (await rig.StripsAsync("pass", 2))[0];
        // Facts may not be read any more, and nothing else is wrong.
        await rig.SqlAsync("""
            CREATE FUNCTION deny() RETURNS SETOF facts LANGUAGE plpgsql AS 'BEGIN RAISE insufficient_privilege; END';
            ALTER TABLE facts RENAME TO kept;
            CREATE VIEW facts AS SELECT * FROM deny()
            """);
        await rig.AnnounceAsync(strip);
        Assert.Equal(1, await rig["node-1"].ExitAsync());
        Assert.Contains(
            "announcements are no longer taken", rig["node-1"].Output + rig["node-1"].Error, StringComparison.Ordinal);
    }
}
