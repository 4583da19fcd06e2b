using SpexStream.Domain.Announcements;
using SpexStream.Messaging.Ingest;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Ingest;

/// <summary>Rasters that came in their messages, put down by several nodes in one folder.</summary>
public sealed class SpoolTests
{
    [Fact]
    public async Task Two_nodes_that_put_the_same_raster_down_leave_one_file_that_never_changes()
    {
        using var folder = new TemporaryFolder();
        using var one = new Spool(folder["spool"], "one");
        using var other = new Spool(folder["spool"], "other");
        var raster = new byte[1 << 20];
        for (var round = 0; round < 20; round++)
        {
            raster[0] = (byte)round;
            var stamps = await Task.WhenAll(PutAsync(one, raster, round), PutAsync(other, raster, round));
            Assert.Equal(stamps[0], stamps[1]);
        }

        Assert.Equal(20, Directory.EnumerateFileSystemEntries(folder["spool"]).Count());
    }

    [Fact]
    public async Task A_file_that_holds_less_than_its_name_says_is_put_down_anew()
    {
        using var folder = new TemporaryFolder();
        using var spool = new Spool(folder["spool"], "one");
        var raster = new byte[4096];
        var (path, _) = await PutAsync(spool, raster, 0);
        await File.WriteAllBytesAsync(path, raster[..100]);
        await PutAsync(spool, raster, 0);
        Assert.Equal(raster, await File.ReadAllBytesAsync(path));
    }

    private static async Task<(string Path, DateTime Written)> PutAsync(Spool spool, byte[] raster, int strip)
    {
        await Task.Yield();
        var href = await spool.PutAsync(
            IngestBench.Strip("s", strip, "/in/a.tif"), ContentChecksum.Compute(HashKind.Sha256, raster), raster,
            CancellationToken.None);
        return (href.LocalPath!, File.GetLastWriteTimeUtc(href.LocalPath!));
    }
}
