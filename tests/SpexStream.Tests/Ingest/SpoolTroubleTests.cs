using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Ingest;

/// <summary>Rasters that come in their messages while the spool folder will not take them.</summary>
public sealed class SpoolTroubleTests
{
    [Fact]
    public async Task Rasters_that_wait_for_the_spool_hold_nobody_up_and_are_told_of_until_it_takes_them()
    {
        await using var bench = new IngestBench();
        var path = bench.NewFile("a.tif");
        await File.WriteAllTextAsync(bench.Spool.Folder, "no folder");
        bench.Start();
        FakeDelivery[] waiting =
        [
            .. Enumerable.Range(0, 6).Select(i => bench.AnnounceInBand(IngestBench.Strip($"new-{i}", 0, path), path)),
        ];
        await bench.Announce(IngestBench.Strip("other", 0, path)).AcknowledgedAsync();

        Assert.True(SpinWait.SpinUntil(
            () => bench.Ingest.Trouble?.StartsWith("6 rasters wait", StringComparison.Ordinal) == true,
            TimeSpan.FromSeconds(20)));
        Assert.Equal(6, bench.Ingest.Tally.Depth);
        Assert.Single(bench.SpoolTroubles);
        Assert.DoesNotContain(waiting, delivery => delivery.IsAcknowledged || delivery.IsDisposed);

        File.Delete(bench.Spool.Folder);
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        await Task.WhenAll(waiting.Select(delivery => delivery.AcknowledgedAsync()));
        Assert.Null(bench.Ingest.Trouble);
        Assert.Empty(bench.DeadLetters());
    }
}
