using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Work;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pipeline;

/// <summary>Reads that hang in the kernel, as on a mount that is dead.</summary>
public abstract class HungReadTests(StripFiles files, RuntimeKind kind) : IClassFixture<StripFiles>, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private static readonly ProcessingOptions Small = new() { TileSize = 256, Products = ProductKinds.Masks };
    private readonly TemporaryFolder _folder = new();
    private readonly Fifo _pipe = new();

    [Fact]
    public async Task A_read_that_hangs_fails_its_tile_and_holds_nobody_else_up()
    {
        await using var bench = Bench(4);
        using var end = _pipe.ReleasedAtEnd();
        await DeliverAsync(bench, "dead");
        Assert.True(await _pipe.EnteredAsync());
        await DeliverAsync(bench, "sound");
        bench.Clock.Advance(Timeout);

        var sound = await bench.Events.ClosedAsync("sound");
        Assert.Equal(1, bench.Figures.Works.HungReads);
        var dead = await bench.Events.ClosedAsync("dead");
        Assert.All(Workbench.Pixels(dead, "water.tif"), code => Assert.Equal(254, code));
        Assert.Contains(bench.Events.Lines, line => line.StartsWith("given up", StringComparison.Ordinal)
            && line.Contains("has not come back", StringComparison.Ordinal));
        Assert.DoesNotContain((byte)254, Workbench.Pixels(sound, "water.tif"));
        Assert.Equal(0, bench.Figures.Works.ReadyTiles);

        _pipe.Release();
        await Workbench.ComesAsync(() => bench.Figures.Works.HungReads == 0);
    }

    [Fact]
    public async Task What_a_read_brings_that_comes_back_too_late_is_freed_and_changes_nothing()
    {
        await using var bench = Bench(4);
        using var end = _pipe.ReleasedAtEnd();
        await DeliverAsync(bench, "dead");
        Assert.True(await _pipe.EnteredAsync());
        bench.Clock.Advance(Timeout);
        var dead = await bench.Events.ClosedAsync("dead");
        var before = Workbench.Products(dead)["water.tif"];
        _pipe.Release();
        await Workbench.ComesAsync(() => bench.Figures.Works.HungReads == 0);

        Assert.Equal(0, bench.Figures.Works.PixelCacheBytes);
        Assert.Equal(before, Workbench.Products(dead)["water.tif"]);
        // The file answers again, so it is read again.
        await DeliverAsync(bench, "sound");
        await bench.Events.ClosedAsync("sound");
    }

    [Fact]
    public async Task A_device_with_too_many_reads_out_is_out_of_service_until_one_comes_back()
    {
        await using var bench = Bench(1);
        using var end = _pipe.ReleasedAtEnd();
        foreach (var scene in new[] { "dead-a", "dead-b" })
        {
            await DeliverAsync(bench, scene);
            Assert.True(await _pipe.EnteredAsync());
            Assert.Empty(bench.Figures.DevicesOut);
            bench.Clock.Advance(Timeout);
        }

        await Workbench.ComesAsync(() => bench.Figures.DevicesOut.Any());
        Assert.Equal(["cpu:0"], bench.Figures.DevicesOut.AsEnumerable());
        await DeliverAsync(bench, "sound");
        _pipe.Release();
        Assert.Equal(100, (await bench.Events.ClosedAsync("sound")).CompletenessPercent);
        Assert.Empty(bench.Figures.DevicesOut);
    }

    [Fact]
    public async Task Devices_that_wait_for_one_anothers_read_are_free_when_it_is_given_up()
    {
        await using var bench = Bench(4, devices: 3);
        using var end = _pipe.ReleasedAtEnd();
        await DeliverAsync(bench, "dead");
        Assert.True(await _pipe.EnteredAsync());
        await DeliverAsync(bench, "sound");
        var (sound, dead) = (bench.Events.ClosedAsync("sound"), bench.Events.ClosedAsync("dead"));
        // Another read of the file may have begun a moment later.
        await Workbench.ComesAsync(() =>
        {
            bench.Clock.Advance(Timeout);
            return sound.IsCompleted && dead.IsCompleted;
        });
        Assert.Empty(bench.Figures.DevicesOut);
        // The clock that runs on may have given up a read of the sound file too; that one comes back.
        await Workbench.ComesAsync(() => bench.Figures.Works.HungReads <= 3);
        Assert.InRange(bench.Figures.Works.HungReads, 1, 3);
    }

    [Fact]
    public async Task A_daemon_that_ends_does_not_wait_for_reads_that_were_given_up()
    {
        var bench = Bench(4);
        await DeliverAsync(bench, "dead");
        Assert.True(await _pipe.EnteredAsync());
        bench.Clock.Advance(Timeout);
        await bench.Events.ClosedAsync("dead");
        await bench.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        _pipe.Release();
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _pipe.Dispose();
        _folder.Dispose();
    }

    private Workbench Bench(int maxHung, int devices = 1) => new(
        kind, Small, devices,
        new HookedStore(StripFiles.Store, (path, _) =>
        {
            if (path.Contains("dead", StringComparison.Ordinal))
            {
                _pipe.Hang();
            }
        }),
        change: options => options with { Reads = new ReadLimits(Timeout, maxHung) });

    private async Task DeliverAsync(Workbench bench, string scene)
    {
        var path = _folder[$"{scene}/strip.tif"];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(files.PathOf(1, 0), path, overwrite: true);
        Assert.IsType<DeliveryOutcome.Accepted>(
            await bench.Runtime.DeliverAsync(
                files.Delivery(MadeImagery.SixBands, 1, 0, scene, path), CancellationToken.None));
    }
}
