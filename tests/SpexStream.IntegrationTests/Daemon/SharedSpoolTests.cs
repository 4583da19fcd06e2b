using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Rasters that came in their message, among nodes that share scenes.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedSpoolTests(PostgresServer server, MadeRaster raster) : IClassFixture<MadeRaster>
{
    private const int Strips = 6;

    [RequiresPostgresFact]
    public async Task Another_node_works_on_rasters_that_came_to_one_which_was_killed()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "carried");
        await rig.AddAsync("node-2");
        var strips = await rig.StripsAsync("pass", Strips, "--in-band");
        foreach (var file in Directory.EnumerateFiles(rig.First.Incoming))
        {
            // Nothing of it lies anywhere but in the messages.
            File.Delete(file);
        }

        // The broker gives them to the nodes by turns, and one node has the scene.
        await rig.AnnounceAsync(strips[..4]);
        await rig.UntilAsync(async () => await rig.AcceptedAsync("pass") == 4);
        var owner = await rig.OwnedAsync("pass");
        await rig[owner].SignalAsync("KILL");
        var left = owner == "node-1" ? "node-2" : "node-1";
        await rig.OwnedAsync("pass", node => node == left);
        // Past the dead one, whose session the broker keeps for a while yet.
        await rig.AnnounceAsync(strips[4..]);
        await rig.ClosedAsync("pass");
        Assert.Equal(Strips, await rig.AcceptedAsync("pass"));
        Assert.Empty(rig.First.DeadLetters());
        Assert.Equal(Strips, Directory.EnumerateFiles(Path.Combine(rig.First.Out, ".spexstream.spool")).Count());
    }
}
