using System.Diagnostics;
using System.Net.Sockets;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Messaging.Ingest;
using SpexStream.Raster;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Ingest;

public sealed class StripOpenerTests : IAsyncLifetime
{
    private readonly IngestBench _bench = new();

    [Fact]
    public void A_link_is_followed_once_and_what_it_led_to_is_what_will_be_read()
    {
        var (file, link) = (_bench.NewFile("real.tif"), Path.Combine(_bench.Incoming, "link.tif"));
        File.CreateSymbolicLink(link, file);
        var delivery = Accept(link);
        Assert.Equal(RealPath.Of(file), delivery.Path);
        Assert.Equal(new FileStamp(new FileInfo(file).Length, File.GetLastWriteTimeUtc(file)), delivery.Stamp);
    }

    [Fact]
    public void A_file_that_changes_or_becomes_a_link_while_it_is_looked_at_is_refused()
    {
        var file = _bench.NewFile("a.tif");
        var touched = Refuse(file, () => File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(1)));
        Assert.Contains("changed while it was looked at", touched.Sentence, StringComparison.Ordinal);
        var other = _bench.NewFile("b.tif");
        var swapped = Refuse(file, () =>
        {
            File.SetLastWriteTimeUtc(other, File.GetLastWriteTimeUtc(file));
            File.Delete(file);
            File.CreateSymbolicLink(file, other);
        });
        Assert.Contains("changed while it was looked at", swapped.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_regular_file_is_refused_before_anybody_opens_it()
    {
        var pipe = Path.Combine(_bench.Incoming, "pipe.tif");
        using (var maker = Process.Start("mkfifo", [pipe]))
        {
            await maker.WaitForExitAsync();
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_bench.Incoming, "socket.tif")));
        Directory.CreateDirectory(Path.Combine(_bench.Incoming, "folder.tif"));
        await File.WriteAllBytesAsync(Path.Combine(_bench.Incoming, "empty.tif"), []);
        foreach (var path in new[] { pipe, "socket.tif", "folder.tif", "empty.tif", "/dev/zero" })
        {
            var rejection = Refuse(Path.Combine(_bench.Incoming, path),
                () => throw new InvalidOperationException("was opened"), anywhere: true);
            Assert.Equal(RejectionReason.Unreadable, rejection.Reason);
            Assert.Contains("is not a regular file", rejection.Sentence, StringComparison.Ordinal);
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    private StripDelivery Accept(string path)
    {
        var (delivery, rejection) = NewOpener(() => { }, anywhere: false).Open(IngestBench.Strip("one", 0, path));
        return delivery ?? throw new InvalidOperationException(rejection!.Sentence);
    }

    private Rejection Refuse(string path, Action onDescribe, bool anywhere = false)
    {
        var (delivery, rejection) = NewOpener(onDescribe, anywhere).Open(IngestBench.Strip("one", 0, path));
        Assert.Null(delivery);
        return rejection!;
    }

    private StripOpener NewOpener(Action onDescribe, bool anywhere) => new(
        new DescribeHook(onDescribe), new GdalCoordinateTransforms(),
        new IngestOptions
        {
            Limits = AnnouncementLimits.Default,
            ResolvedRoots = anywhere ? [] : [RealPath.Of(_bench.Incoming)],
        });

    private sealed class DescribeHook(Action onDescribe) : IRasterStore
    {
        private readonly GdalRasterStore _store = new(new RasterOptions());

        public RasterInfo Describe(string path)
        {
            onDescribe();
            return _store.Describe(path);
        }

        public IRasterReader Open(string path) => _store.Open(path);
    }
}
