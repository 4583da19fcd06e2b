using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Synthesis;
using SpexStream.Tests.Journal;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pipeline;

/// <summary>What becomes of strips whose file is another one when it is read.</summary>
public abstract class ChangedFileTests(StripFiles files, RuntimeKind kind) : IClassFixture<StripFiles>
{
    private static readonly ProcessingOptions Small = new() { TileSize = 256, Classes = [LandCoverClass.Water] };

    [Fact]
    public async Task A_file_that_another_scene_finds_changed_is_read_anew()
    {
        using var folder = new TemporaryFolder();
        var path = folder["latest.tif"];
        await using var bench = new Workbench(kind, Small, 1);
        files.Write(path, 0, 900, new TestTiff(0, 0, SyntheticScene.BandCount, PixelType.UInt16));
        await bench.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 1, 0, "first", path), CancellationToken.None);
        var first = Workbench.Pixels(await bench.Events.ClosedAsync("first"), "water.tif");
        Assert.Contains(MaskCode.Yes, first);

        // A receiving station replaces its newest file by renaming; open handles go on with the old one.
        new TestTiff(StripFiles.Width, StripFiles.Height, 6, PixelType.UInt16)
        {
            Transform = files.Grid,
            Epsg = SyntheticScene.EpsgCode,
        }.Write(folder["next.tif"], (band, _, _) => 900 + (band * 700));
        File.Move(folder["next.tif"], path, overwrite: true);
        await bench.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 1, 0, "second", path), CancellationToken.None);
        Assert.DoesNotContain(MaskCode.Yes, Workbench.Pixels(await bench.Events.ClosedAsync("second"), "water.tif"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_rewritten_under_a_strip_costs_its_tiles_until_the_strip_is_announced_again(
        bool hasChecksum)
    {
        using var folder = new TemporaryFolder();
        var path = folder["latest.tif"];
        files.Write(path, 0, 900, new TestTiff(0, 0, SyntheticScene.BandCount, PixelType.UInt16));
        await using var journal = new MemoryJournal(new MemoryStore());
        await using var bench = new Workbench(kind, Small, 1, journal: journal);
        var announced = files.Delivery(MadeImagery.SixBands, 1, 0, "made", path);
        if (hasChecksum)
        {
            // The same bytes for certain, in a file that changed its time.
            announced = announced with { Strip = announced.Strip with { ContentId = "multihash:1220ab" } };
        }

        // Of the same size, by an earlier time: what is read now is not what was announced.
        var stale = Stamp(path) with { ModifiedAt = Stamp(path).ModifiedAt.AddSeconds(-1) };
        await bench.Runtime.DeliverAsync(announced with { Stamp = stale }, CancellationToken.None);
        var torn = await bench.Events.ClosedAsync("made");
        Assert.All(torn.Classes, facts => Assert.Equal(facts.Visibility.Total, facts.Visibility.GivenUp));
        Assert.Equal(100, torn.CompletenessPercent);
        Assert.Contains(bench.Events.Lines, line => line.Contains(
            "has changed since it was announced", StringComparison.Ordinal));

        bench.Events.Forget("made");
        Assert.IsType<DeliveryOutcome.Duplicate>(
            await bench.Runtime.DeliverAsync(announced with { Stamp = stale }, CancellationToken.None));
        var again = await bench.Runtime.DeliverAsync(announced with { Stamp = Stamp(path) }, CancellationToken.None);
        Assert.IsType<DeliveryOutcome.Accepted>(again);
        var whole = await bench.Events.ClosedAsync("made");
        Assert.Equal(2, whole.Revision);
        Assert.All(whole.Classes, facts => Assert.Equal(0, facts.Visibility.GivenUp));
        Assert.Contains(MaskCode.Yes, Workbench.Pixels(whole, "water.tif"));
    }

    private static FileStamp Stamp(string path) => new(new FileInfo(path).Length, File.GetLastWriteTimeUtc(path));
}
