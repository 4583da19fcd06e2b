using SpexStream.Domain.Announcements;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Synthesis;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pipeline;

public abstract class RuntimeTests(StripFiles files, RuntimeKind kind) : IClassFixture<StripFiles>
{
    private static readonly ProcessingOptions Small = new()
    {
        TileSize = 256,
        Products = ProductKinds.Masks | ProductKinds.Confidence
    };

    [Fact]
    public async Task Rows_of_a_strip_that_never_came_are_nodata_and_the_rest_is_as_ever()
    {
        await using var whole = new Workbench(kind, Small);
        await DeliverAsync(whole, 3, 0, 1, 2);
        var expected = Workbench.Pixels(await whole.Events.ClosedAsync("made"), "water.tif");

        await using var bench = new Workbench(kind, Small);
        await DeliverAsync(bench, 3, 2, 0);
        await bench.Clock.TimerSet.WaitAsync(TimeSpan.FromSeconds(20));
        bench.Clock.Advance(Small.GatherTimeout - TimeSpan.FromSeconds(1));
        Assert.Equal(1, bench.Figures.OpenScenes);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var outcome = await bench.Events.ClosedAsync("made");

        Assert.Equal([1], outcome.MissingStrips.AsEnumerable());
        Assert.Equal(200.0 / 3, outcome.CompletenessPercent, 9);
        var (mask, validity) = (Workbench.Pixels(outcome, "water.tif"), Workbench.Pixels(outcome, "validity.tif"));
        var edges = StripFiles.Edges(3);
        Assert.All(Rows(mask, edges[1], edges[2]), code => Assert.Equal(MaskCode.Nodata, code));
        Assert.All(Rows(validity, edges[1], edges[2]), code => Assert.Equal(CoverCode.Nodata, code));
        // A pixel or two beside the gap have lost their neighbours; cloud shadow may reach further.
        Assert.Equal(Rows(expected, 0, edges[1] - 256), Rows(mask, 0, edges[1] - 256));
        Assert.Contains(MaskCode.Yes, Rows(mask, edges[2], StripFiles.Height));
    }

    [Fact]
    public async Task A_strip_that_vanishes_before_its_tiles_run_costs_only_its_own_tiles()
    {
        using var folder = new TemporaryFolder();
        var path = folder["gone.tif"];
        File.Copy(files.PathOf(3, 1), path);
        var vanished = files.Delivery(MadeImagery.SixBands, 3, 1, path: path);
        File.Delete(path);

        await using var bench = new Workbench(kind, Small);
        await bench.Runtime.DeliverAsync(vanished, CancellationToken.None);
        await DeliverAsync(bench, 3, 0, 2);
        var outcome = await bench.Events.ClosedAsync("made");
        var validity = Workbench.Pixels(outcome, "validity.tif");
        Assert.Contains(CoverCode.TileFailed, Rows(validity, 256, 512));
        Assert.DoesNotContain(CoverCode.TileFailed, Rows(validity, 0, 256));
        var mask = Workbench.Pixels(outcome, "water.tif");
        Assert.All(mask.Zip(validity).Where(pair => pair.Second == CoverCode.TileFailed),
            pair => Assert.Equal(MaskCode.NoAnswer, pair.First));
        Assert.Contains(bench.Events.Lines, line => line.Contains("gone.tif", StringComparison.Ordinal));
        Assert.Equal(100, outcome.CompletenessPercent);
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_checked_is_not_read_and_one_that_did_not_is()
    {
        var changed = files.Delivery(MadeImagery.SixBands, 3, 1) with { Stamp = new FileStamp(17, default) };
        var same = files.Delivery(MadeImagery.SixBands, 3, 0);
        var file = new FileInfo(same.Path);
        await using var bench = new Workbench(kind, Small);
        await bench.Runtime.DeliverAsync(
            same with { Stamp = new FileStamp(file.Length, file.LastWriteTimeUtc) }, CancellationToken.None);
        await bench.Runtime.DeliverAsync(changed, CancellationToken.None);
        await DeliverAsync(bench, 3, 2);
        var validity = Workbench.Pixels(await bench.Events.ClosedAsync("made"), "validity.tif");
        Assert.DoesNotContain(CoverCode.TileFailed, Rows(validity, 0, 256));
        Assert.Contains(CoverCode.TileFailed, Rows(validity, 256, 512));
        Assert.Contains(bench.Events.Lines,
            line => line.Contains("has changed since it was announced: it had 17 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_was_written_anew_with_the_same_content_is_read_when_it_is_announced_again()
    {
        var again = files.Delivery(MadeImagery.SixBands, 3, 1, change: strip => strip with
        {
            Data = strip.Data with { Checksum = ContentChecksum.Compute(HashKind.Sha256, "rows"u8) },
        });
        var file = new FileInfo(again.Path);
        await using var bench = new Workbench(kind, Small);
        await bench.Runtime.DeliverAsync(
            again with { Stamp = new FileStamp(file.Length, default) }, CancellationToken.None);
        Assert.IsType<DeliveryOutcome.Duplicate>(await bench.Runtime.DeliverAsync(
            again with { Stamp = new FileStamp(file.Length, file.LastWriteTimeUtc) }, CancellationToken.None));
        await DeliverAsync(bench, 3, 0, 2);
        var validity = Workbench.Pixels(await bench.Events.ClosedAsync("made"), "validity.tif");
        Assert.DoesNotContain(CoverCode.TileFailed, validity);
    }

    [Fact]
    public async Task A_read_that_fails_twice_and_then_works_leaves_no_trace()
    {
        var failures = 2;
        var store = new HookedStore(StripFiles.Store, (path, window) =>
        {
            if (Interlocked.Decrement(ref failures) >= 0)
            {
                throw new RasterException(path, window, "a passing trouble");
            }
        });
        await using var bench = new Workbench(kind, Small, 1, store);
        await DeliverAsync(bench, 1, 0);
        var outcome = await bench.Events.ClosedAsync("made");
        Assert.DoesNotContain(CoverCode.TileFailed, Workbench.Pixels(outcome, "validity.tif"));
        Assert.DoesNotContain(bench.Events.Lines, line => line.StartsWith("given up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Strips_wait_while_more_tiles_are_ready_than_may_be()
    {
        using var reading = new ManualResetEventSlim();
        var store = new HookedStore(StripFiles.Store, (_, _) => reading.Wait(TimeSpan.FromSeconds(20)));
        await using var bench = new Workbench(
            kind, Small, 1, store, change: options => options with { MaxReadyTiles = 5 });
        await DeliverAsync(bench, 1, 0);
        await bench.Clock.TimerSet.WaitAsync(TimeSpan.FromSeconds(20));
        var second = bench.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 1, 0, "second"), CancellationToken.None).AsTask();
        await Workbench.ComesAsync(() => (bench.Figures.Works.ReadyTiles, bench.Figures.WaitingStrips) == (20, 1));
        Assert.False(second.IsCompleted);
        reading.Set();
        Assert.IsType<DeliveryOutcome.Accepted>(await second.WaitAsync(TimeSpan.FromSeconds(60)));
        await bench.Events.ClosedAsync("made");
        await bench.Events.ClosedAsync("second");
        await Workbench.ComesAsync(() => (bench.Figures.Works.ReadyTiles, bench.Figures.WaitingStrips) == (0, 0));
    }

    [Fact]
    public async Task A_further_scene_waits_for_a_place()
    {
        await using var bench = new Workbench(kind, Small, change: options => options with { MaxOpenScenes = 1 });
        await DeliverAsync(bench, 3, 0);
        var second = bench.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 1, 0, "second"), CancellationToken.None).AsTask();
        Assert.False(second.IsCompleted);
        await DeliverAsync(bench, 3, 1, 2);
        Assert.IsType<DeliveryOutcome.Accepted>(await second.WaitAsync(TimeSpan.FromSeconds(60)));
        await bench.Events.ClosedAsync("second");
    }

    [Fact]
    public async Task However_many_scenes_wait_the_strips_of_an_open_one_get_through_and_they_open_in_order()
    {
        await using var bench = new Workbench(
            kind, Small, change: options => options with { MaxOpenScenes = 1, MaxPendingDeliveries = 4 });
        await DeliverAsync(bench, 3, 0);
        var waiting = new List<Task>();
        for (var i = 0; i < 6; i++)
        {
            waiting.Add(bench.Runtime.DeliverAsync(
                files.Delivery(MadeImagery.SixBands, 1, 0, $"new-{i}"), CancellationToken.None).AsTask());
            await Workbench.ComesAsync(() => bench.Figures.WaitingStrips == waiting.Count);
        }

        Assert.Equal(1, bench.Figures.OpenScenes);
        await DeliverAsync(bench, 3, 1, 2).WaitAsync(TimeSpan.FromSeconds(60));
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(60));
        await bench.Events.ClosedAsync("new-5");
        Assert.Equal(
            ["made", .. Enumerable.Range(0, 6).Select(i => $"new-{i}")],
            bench.Events.Lines.Where(line => line.StartsWith("opened", StringComparison.Ordinal)).Select(
                line => line[7..]));
    }

    [Fact]
    public async Task A_scene_that_nobody_waits_for_any_more_is_not_opened()
    {
        await using var bench = new Workbench(kind, Small, change: options => options with { MaxOpenScenes = 1 });
        using var leaving = new CancellationTokenSource();
        await DeliverAsync(bench, 3, 0);
        var gone = bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 1, 0, "gone"), leaving.Token)
            .AsTask();
        var next = bench.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 1, 0, "next"), CancellationToken.None).AsTask();
        await Workbench.ComesAsync(() => bench.Figures.WaitingStrips == 2);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await DeliverAsync(bench, 3, 1, 2);
        Assert.IsType<DeliveryOutcome.Accepted>(await next.WaitAsync(TimeSpan.FromSeconds(60)));
        await bench.Events.ClosedAsync("next");
    }

    [Fact]
    public async Task A_strip_of_a_closed_scene_is_a_duplicate_when_it_is_the_same_and_a_new_revision_when_not()
    {
        await using var bench = new Workbench(kind, Small);
        await DeliverAsync(bench, 3, 0, 1, 2);
        Assert.Equal(1, (await bench.Events.ClosedAsync("made")).Revision);
        Assert.IsType<DeliveryOutcome.Duplicate>(
            await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 3, 0), CancellationToken.None));

        bench.Events.Forget("made");
        var other = files.Delivery(
            MadeImagery.SixBands, 3, 0, change: strip => strip with { Data = strip.Data with { SizeBytes = 5 } });
        Assert.IsType<DeliveryOutcome.Accepted>(await bench.Runtime.DeliverAsync(other, CancellationToken.None));
        Assert.Equal((2, 100.0), await bench.Events.ClosedAsync("made") is var second
            ? (second.Revision, second.CompletenessPercent) : default);
    }

    [Fact]
    public async Task The_same_file_in_two_scenes_with_other_bands_gives_each_its_own_bands()
    {
        await using var bench = new Workbench(kind, Small, 1);
        await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.FourBands, 1, 0, "four"), CancellationToken.None);
        await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 1, 0, "six"), CancellationToken.None);
        await bench.Events.ClosedAsync("four");
        var six = Workbench.Pixels(await bench.Events.ClosedAsync("six"), "water.tif");
        await using var alone = new Workbench(kind, Small, 1);
        await alone.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 1, 0, "six"), CancellationToken.None);
        Assert.Equal(Workbench.Pixels(await alone.Events.ClosedAsync("six"), "water.tif"), six);
    }

    [Fact]
    public async Task Bands_that_no_rule_can_use_are_refused_with_the_backends_words()
    {
        await using var bench = new Workbench(kind, Small, change: options => options with { MaxOpenScenes = 1 });
        var delivery = files.Delivery(
            MadeImagery.SixBands with { Bands = ["swir16", "swir22", "a", "b", "c", "d"] }, 1, 0);
        var rejection = await RefusedAsync(bench, delivery);
        Assert.Equal(RejectionReason.TooFewBands, rejection.Reason);
        // Its place is free again: there is only one.
        await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 1, 0, "other"), CancellationToken.None);
        await bench.Events.ClosedAsync("other");
    }

    [Fact]
    public async Task Nothing_but_the_products_is_left_of_a_closed_scene()
    {
        await using var bench = new Workbench(kind, Small with { ResultBudgetBytes = 1 });
        await DeliverAsync(bench, 1, 0);
        var outcome = await bench.Events.ClosedAsync("made");
        await bench.Runtime.DisposeAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.WorkRoot));
        Assert.Equal([outcome.Folder], Directory.EnumerateDirectories(Path.GetDirectoryName(outcome.Folder)!));
        Assert.Equal(
            outcome.Files.Select(file => file.Name).Append("item.json").Order(),
            Directory.EnumerateFiles(outcome.Folder).Select(Path.GetFileName).Order());
    }

    private async Task DeliverAsync(Workbench bench, int count, params int[] order)
    {
        foreach (var index in order)
        {
            var delivery = files.Delivery(MadeImagery.SixBands, count, index);
            Assert.IsType<DeliveryOutcome.Accepted>(await bench.Runtime.DeliverAsync(delivery, CancellationToken.None));
        }
    }

    private static async Task<Rejection> RefusedAsync(Workbench bench, StripDelivery delivery) =>
        Assert.IsType<DeliveryOutcome.Refused>(
            await bench.Runtime.DeliverAsync(delivery, CancellationToken.None)).Rejection;

    private static byte[] Rows(byte[] pixels, int from, int to) =>
        pixels[(from * StripFiles.Width)..(to * StripFiles.Width)];
}
