using System.Net;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>The daemon with its journal in a database that asks for a password.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedJournalRunTests(PostgresServer server, MadeRaster raster) : IClassFixture<MadeRaster>
{
    private const string Secret = "open-sesame";

    [RequiresPostgresFact]
    public async Task A_scene_is_kept_in_the_database_also_over_its_restart_and_nobody_shows_the_password()
    {
        var address = (await server.NewDatabaseAsync()).Name.Split('/')[1];
        var password = Path.Combine(raster.NewFolder("secret"), "password");
        await File.WriteAllTextAsync(password, Secret + "\n");
        string[] journal = ["--journal", server.Uri(address), "--journal-password-file", password];
        await using var rig = await DaemonRig.StartAsync(raster, "shared", journal);
        await SubmitAsync(rig, "pass", 5);
        await rig.ClosedAsync("pass");
        Assert.Equal(5L, await server.RunAsync(
            address,
            "SELECT count(*) FROM spexstream.facts WHERE convert_from(body, 'UTF8') LIKE '%\"strip-accepted\"%'"));
        Assert.False(File.Exists(Path.Combine(rig.DataFolder, "journal.db")));

        await server.KillAsync();
        await server.StartAsync();
        await rig.StatusIsAsync(HttpStatusCode.OK);
        await SubmitAsync(rig, "next", 2);
        await rig.ClosedAsync("next");
        Assert.DoesNotContain(Secret, rig.Daemon.Output + rig.Daemon.Error, StringComparison.Ordinal);
        Assert.Contains(server.Uri(address), rig.Daemon.Output + rig.Daemon.Error, StringComparison.Ordinal);
    }

    [RequiresPostgresFact]
    public async Task Two_nodes_of_one_journal_cannot_have_the_same_data_folder()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "same-data");
        var (code, output, error) = await SpexProgram.RunAsync(
            ["run", .. rig.First.ClientOptions, "--node", "node-2", "--data", rig.First.DataFolder, "--out",
                rig.First.Out, "--allow", rig.First.Incoming, "--http", "0", "--journal", rig.JournalUri, "--share",
                SharedRig.Share]);
        Assert.True(code == 1, output + error);
        Assert.Contains($"The data folder {rig.First.DataFolder} is in use by process", error, StringComparison.Ordinal);
        await rig.First.StatusIsAsync(HttpStatusCode.OK);
    }

    [RequiresPostgresFact]
    public async Task A_node_that_differs_from_others_in_what_all_should_have_alike_says_so()
    {
        await using var rig = await SharedRig.StartAsync(server, raster, "unlike");
        var alike = await rig.AddAsync("node-2");
        Assert.DoesNotContain("[2411]", alike.Output, StringComparison.Ordinal);
        var unlike = await rig.AddAsync("node-3", "20");
        Assert.Contains("another Share or LeaseSeconds than this one (north, 20 s)", unlike.Output,
            StringComparison.Ordinal);
    }

    [RequiresPostgresFact]
    public async Task The_doctor_says_what_is_wrong_with_a_database()
    {
        var address = (await server.NewDatabaseAsync()).Name.Split('/')[1];
        var (code, output, _) = await SpexProgram.RunAsync("doctor", "--journal", server.Uri(address));
        // The tests' own server does not flush.
        Assert.Equal(1, code);
        Assert.Contains("a power cut loses accepted strips", output, StringComparison.Ordinal);
        Assert.Contains("no journal yet", output, StringComparison.Ordinal);

        (code, output, _) = await SpexProgram.RunAsync("doctor", "--journal", server.Uri("nowhere"));
        Assert.Equal(1, code);
        Assert.Contains("make it with createdb --owner", output, StringComparison.Ordinal);
    }

    private async Task SubmitAsync(DaemonRig rig, string scene, int strips)
    {
        var (code, output, error) = await SpexProgram.RunAsync(
            ["submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", scene, "--spool",
                rig.Incoming, "--strips", $"{strips}"]);
        Assert.True(code == 0, output + error);
    }
}
