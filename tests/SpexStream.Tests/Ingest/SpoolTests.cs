using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using Xunit;

namespace SpexStream.Tests.Ingest;

public sealed class SpoolTests : IAsyncLifetime
{
    private static readonly SceneId Scene = SceneId.Parse("one");
    private readonly IngestBench _bench = new();

    [Fact]
    public async Task Files_lie_in_the_spool_until_their_scene_is_closed()
    {
        await AnnounceAsync("one", 0);
        await AnnounceAsync("one", 1);
        await AnnounceAsync("one-1", 0);
        Assert.Equal(3, Files().Length);
        Assert.Equal(Files(), _bench.Runtime.Delivered.Select(delivery => delivery.Path).Order());
        _bench.Spool.Sweep(Scene);
        Assert.Contains("one-1-0-", Assert.Single(Files()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_strip_again_leaves_the_file_that_its_scene_reads_untouched()
    {
        await AnnounceAsync("one", 0);
        var written = File.GetLastWriteTimeUtc(Assert.Single(Files()));
        _bench.Runtime.OnDeliver = (_, _) => Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Duplicate());
        await AnnounceAsync("one", 0);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Assert.Single(Files())));
        _bench.Spool.Sweep(Scene);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_no_scene_takes_is_not_kept()
    {
        _bench.Runtime.OnDeliver = (_, _) => Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Refused(LateStrips.SceneClosed));
        await AnnounceAsync("one", 0);
        Assert.Empty(Files());
        _bench.Runtime.OnDeliver = (_, _) => Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Duplicate());
        await AnnounceAsync("one", 0);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_strip_in_hand_keeps_its_file_while_its_scene_closes()
    {
        var seen = 0;
        _bench.Runtime.OnDeliver = (delivery, _) =>
        {
            _bench.Spool.Sweep(Scene);
            seen = File.Exists(delivery.Path) ? 1 : 0;
            return Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Accepted());
        };
        await AnnounceAsync("one", 0);
        Assert.Equal(1, seen);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Files_of_a_failed_scene_stay_until_its_strips_came_again_and_it_is_closed()
    {
        await AnnounceAsync("one", 0);
        _bench.Spool.Leave(Scene);
        _bench.Spool.Sweep(Scene);
        Assert.Single(Files());
        await AnnounceAsync("one", 0);
        _bench.Spool.Sweep(Scene);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_file_that_a_crash_has_cut_short_is_written_anew()
    {
        await AnnounceAsync("one", 0);
        var path = Assert.Single(Files());
        var whole = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, new byte[whole.Length]);
        await AnnounceAsync("one", 0);
        Assert.Equal(whole, await File.ReadAllBytesAsync(path));
    }

    public Task InitializeAsync()
    {
        _bench.NewFile("a.tif");
        _bench.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    private Task AnnounceAsync(string scene, int index)
    {
        var path = Path.Combine(_bench.Incoming, "a.tif");
        return _bench.AnnounceInBand(IngestBench.Strip(scene, index, path), path).AcknowledgedAsync();
    }

    private string[] Files() => Directory.Exists(_bench.Spool.Folder)
        ? [.. Directory.EnumerateFiles(_bench.Spool.Folder).Order(StringComparer.Ordinal)]
        : [];
}
