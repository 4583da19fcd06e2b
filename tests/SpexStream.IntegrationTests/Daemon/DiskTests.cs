using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpexStream.Domain.Ports.Journal;
using SpexStream.IntegrationTests.Journal;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Sqlite;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>A running daemon whose disks get full, and empty again.</summary>
public sealed class DiskTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [RequiresMountFact]
    public async Task Strips_wait_while_there_is_little_room_and_go_on_by_themselves_when_there_is_some()
    {
        using var disk = new SmallDisk(64);
        await using var rig = await StartAsync(disk, "low", minFree: 20);
        disk.Fill(spare: 10 << 20);
        await rig.StatusIsAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Contains("MiB free", (await rig.GetAsync("/health/ready")).Body, StringComparison.Ordinal);
        Assert.Equal(1, await rig.MetricAsync("spex_disk_low{folder=\"data\"}"));
        Assert.Equal(0, (await SubmitAsync(rig, "low", "--in-band")).Code);

        // What the broker has sent is held, and nothing of it is on the disk.
        await Eventually.HoldsAsync(
            () => rig.MetricAsync("spex_queue_depth{stage=\"ingest\"}").GetAwaiter().GetResult() >= 3);
        Assert.False(Directory.Exists(Path.Combine(rig.DataFolder, "spool")));
        Assert.Empty(rig.Heard("out/scene/"));

        disk.MakeRoom();
        await AssertSameAsync(rig, "low");
        Assert.Equal(0, await rig.MetricAsync("spex_disk_low{folder=\"data\"}"));
    }

    [RequiresMountFact]
    public Task A_disk_that_is_full_when_rasters_come_in_costs_time_and_nothing_else() =>
        FillAndEmptyAsync("spooled", [300_000, 1_000_000, 2_000_000, 4_000_000], "--in-band");

    // The journal, answers of tiles and products meet the full disk, each at other places.
    [RequiresMountFact]
    public async Task A_disk_that_is_full_while_tiles_and_products_are_made_costs_time_and_nothing_else()
    {
        var log = await FillAndEmptyAsync(
            "made", [0, 40_000, 80_000, 120_000, 160_000, 200_000, 300_000, 500_000, 800_000]);
        Assert.Contains("[2007]", log, StringComparison.Ordinal);
    }

    [RequiresMountFact]
    public async Task Products_that_find_no_room_are_written_anew_and_told_of_only_when_they_are_whole()
    {
        using var disk = new SmallDisk(64);
        await using var rig = await DaemonRig.StartInAsync(
            raster.NewFolder("product-in"), disk.Root, raster.NewFolder("product-data"), "--config",
            Settings("product", minFree: 0));
        disk.Fill(spare: 0);
        Assert.Equal(0, (await SubmitAsync(rig, "product")).Code);
        var tried = 0;
        foreach (var spare in new[] { 30_000, 200_000, 500_000 })
        {
            tried++;
            await Eventually.HoldsAsync(() => rig.Daemon.Output.Split("[2007]").Length > tried);
            Assert.Empty(rig.Heard("out/product/"));
            Assert.False(Path.Exists(Path.Combine(rig.Out, "product")));
            // What was written of it is gone again.
            Assert.Equal(
                ["ballast"], Directory.EnumerateFileSystemEntries(rig.Out).Select(path => Path.GetFileName(path))
                .Where(name => !name.StartsWith(".spexstream.", StringComparison.Ordinal)));
            disk.MakeRoom();
            disk.Fill(spare);
        }

        disk.MakeRoom();
        await AssertSameAsync(rig, "product");
    }

    private async Task<string> FillAndEmptyAsync(string scene, int[] spares, params string[] more)
    {
        using var disk = new SmallDisk(64);
        await using var rig = await StartAsync(disk, scene, minFree: 0);
        disk.Fill(spare: 0);
        Assert.Equal(0, (await SubmitAsync(rig, scene, more)).Code);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1200));
        foreach (var spare in spares)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            disk.MakeRoom();
            disk.Fill(spare);
            Assert.False(rig.Daemon.HasExited, rig.Daemon.Output + rig.Daemon.Error);
            AssertWhole(rig, scene);
        }

        disk.MakeRoom();
        await AssertSameAsync(rig, scene);
        AssertWhole(rig, scene);
        await rig.Daemon.TerminateAsync();
        Assert.Equal(0, await rig.Daemon.ExitAsync());
        await using var journal = SqliteJournal.Open(
            new() { Path = Path.Combine(rig.DataFolder, "journal.db") }, TimeProvider.System);
        Assert.Empty(journal.Run.Crashed);
        Assert.Equal(new OutboxDepth(0, null), await journal.Outbox.MeasureAsync());
        return rig.Daemon.Output;
    }

    [RequiresMosquittoFact]
    public async Task What_the_verb_would_delete_is_told_beside_a_running_daemon_and_deleted_only_without_one()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "keep");
        Assert.Equal(0, (await SubmitAsync(rig, "keep", "--in-band")).Code);
        await rig.ClosedAsync("keep");
        var config = raster.NewFolder("keep-config") + "/settings.json";
        await File.WriteAllTextAsync(config, """{"WorkHours":0.000001,"SpoolHours":0.000001}""");
        string[] verb = ["retention", "--data", rig.DataFolder, "--out", rig.Out, "--config", config, "--json"];
        JsonNode plan = new JsonObject();
        await Eventually.HoldsAsync(() =>
        {
            var told = SpexProgram.RunAsync([.. verb, "--dry-run"]).GetAwaiter().GetResult();
            plan = JsonNode.Parse(told.Output)!;
            return plan["deletions"]!.AsArray().Count == 4;
        });
        Assert.Equal(
            ["spool", "spool", "spool", "work"],
            plan["deletions"]!.AsArray().Select(deletion => deletion!["class"]!.GetValue<string>()));
        Assert.True(Directory.Exists(Path.Combine(rig.DataFolder, "work/keep")));

        var (code, _, error) = await SpexProgram.RunAsync(verb);
        Assert.Equal(1, code);
        Assert.Contains("in use by process", error, StringComparison.Ordinal);
        await rig.Daemon.TerminateAsync();
        await rig.Daemon.ExitAsync();
        Assert.Equal(plan["bytes"]!.ToString(),
            JsonNode.Parse((await SpexProgram.RunAsync([.. verb, "--dry-run"])).Output)!["bytes"]!.ToString());
        Assert.Equal(0, (await SpexProgram.RunAsync(verb)).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(rig.DataFolder, "work")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(rig.DataFolder, "spool")));
        Assert.True(File.Exists(Path.Combine(rig.Out, "keep/item.json")));
    }

    private Task<DaemonRig> StartAsync(SmallDisk disk, string name, int minFree) => DaemonRig.StartInAsync(
        raster.NewFolder($"{name}-in"), Directory.CreateDirectory(disk["out"]).FullName,
        Directory.CreateDirectory(disk["data"]).FullName, "--config", Settings(name, minFree));

    private string Settings(string name, int minFree)
    {
        var config = Path.Combine(raster.NewFolder($"{name}-config"), "settings.json");
        File.WriteAllText(
            config, JsonSerializer.Serialize(new { MinFreeMebibytes = minFree, KeepFreeMebibytes = minFree }));
        return config;
    }

    private Task<(int Code, string Output, string Error)> SubmitAsync(
        DaemonRig rig, string scene, params string[] more) =>
        SpexProgram.RunAsync([
            "submit", raster.Path, .. rig.ClientOptions, "--scene", scene, "--strips", "3", "--spool", rig.Incoming,
            .. MadeRaster.Options, .. more]);

    // Masks, confidence and regions are those of a run without strips, broker and full disks.
    private async Task AssertSameAsync(DaemonRig rig, string scene)
    {
        var closed = await rig.ClosedAsync(scene);
        var alone = raster.NewFolder($"{scene}-alone");
        var (code, _, error) = await SpexProgram.RunAsync(
            ["process", raster.Path, "--out", alone, "--scene", scene, "--tile", "256", .. MadeRaster.Options]);
        Assert.True(code == 0, error);
        var rasters = Directory.GetFiles(Path.Combine(alone, scene), "*.tif");
        Assert.NotEmpty(rasters);
        foreach (var expected in rasters)
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(expected),
                await File.ReadAllBytesAsync(Path.Combine(closed, Path.GetFileName(expected))));
        }

        var ids = rig.Heard("out/").Select(message => message.UserProperty("id")).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Empty(rig.DeadLetters());
    }

    // Whatever has the name of a product has all that its item names.
    private static void AssertWhole(DaemonRig rig, string scene)
    {
        foreach (var folder in Directory.EnumerateDirectories(rig.Out, $"{scene}@*"))
        {
            var item = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "item.json")))!;
            Assert.NotEmpty(item["assets"]!.AsObject());
        }
    }
}
