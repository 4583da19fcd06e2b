using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Scenes;
using SpexStream.Journal.Sqlite;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pipeline;

/// <summary>Runtimes that follow one another on the same journal and folders.</summary>
public abstract class RecoveryTests(StripFiles files, RuntimeKind kind) : IClassFixture<StripFiles>
{
    private static readonly ProcessingOptions Small = new() { TileSize = 256, Classes = [LandCoverClass.Water] };

    [Fact]
    public async Task A_scene_is_taken_up_where_the_process_before_left_it()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await Life.BeginAsync(kind, folder, Small))
        {
            Assert.IsType<DeliveryOutcome.Accepted>(await first.DeliverAsync(files, 3, 2));
            Assert.IsType<DeliveryOutcome.Accepted>(await first.DeliverAsync(files, 3, 0));
        }

        await using var second = await Life.BeginAsync(kind, folder, Small);
        Assert.Equal(1, second.TakenUp);
        Assert.IsType<DeliveryOutcome.Duplicate>(await second.DeliverAsync(files, 3, 0));
        Assert.IsType<DeliveryOutcome.Accepted>(await second.DeliverAsync(files, 3, 1));
        var outcome = await second.Events.ClosedAsync("made");
        await using var whole = new Workbench(kind, Small);
        await whole.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 1, 0), CancellationToken.None);
        Assert.Equal(
            Workbench.Pixels(await whole.Events.ClosedAsync("made"), "water.tif"),
                Workbench.Pixels(outcome, "water.tif"));
        Assert.Equal(
            Path.GetFileName(outcome.Folder), new DirectoryInfo(Path.Combine(folder["out"], "made")).LinkTarget);
    }

    [Fact]
    public async Task A_closed_scene_knows_its_strips_and_takes_a_late_one_as_a_new_revision()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await Life.BeginAsync(kind, folder, Small))
        {
            await first.DeliverAsync(files, 3, 0);
            await first.DeliverAsync(files, 3, 1);
            await first.Runtime.EndPassAsync(new(SceneId.Parse("made"), null), CancellationToken.None);
            Assert.Equal([2], (await first.Events.ClosedAsync("made")).MissingStrips.AsEnumerable());
        }

        await using var second = await Life.BeginAsync(kind, folder, Small);
        Assert.Equal(0, second.TakenUp);
        Assert.IsType<DeliveryOutcome.Duplicate>(await second.DeliverAsync(files, 3, 1));
        Assert.IsType<DeliveryOutcome.Accepted>(await second.DeliverAsync(files, 3, 2));
        var outcome = await second.Events.ClosedAsync("made");
        Assert.Equal((2, 100.0), (outcome.Revision, outcome.CompletenessPercent));
        Assert.EndsWith("made@r2." + outcome.Folder.Split('.')[^1], outcome.Folder, StringComparison.Ordinal);
        // Both revisions are there: who was told of the first may be reading it.
        Assert.Equal(2, Directory.GetDirectories(folder["out"], "made@*").Length);
    }

    [Fact]
    public async Task A_scene_that_misses_a_critical_strip_is_told()
    {
        using var folder = new TemporaryFolder();
        await using var life = await Life.BeginAsync(kind, folder, Small);
        await life.DeliverAsync(files, 3, 0);
        var critical = ImmutableSortedDictionary<int, StripTier>.Empty.Add(2, StripTier.Critical);
        await life.Runtime.EndPassAsync(
            new(SceneId.Parse("made"), null) { Tiers = critical }, CancellationToken.None);
        var missed = await Assert.ThrowsAsync<InvalidOperationException>(() => life.Events.ClosedAsync("made"));
        Assert.Contains("strip 2 did not come", missed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strip_whose_tile_brings_the_process_down_three_times_is_worked_on_no_more()
    {
        using var folder = new TemporaryFolder();
        for (var crash = 0; crash < CrashCount.Quarantine; crash++)
        {
            long run;
            await using (var life = await Life.BeginAsync(kind, folder, Small))
            {
                run = life.Run;
                if (crash == 0)
                {
                    await life.DeliverAsync(files, 3, 0);
                    await life.DeliverAsync(files, 3, 1);
                }
            }

            var mark = new FlightMark(files.Delivery(MadeImagery.SixBands, 3, 0).Scene.Id, new(1, 0), [new(0, 1)]);
            await File.WriteAllTextAsync(Path.Combine(folder["devices"], "cpu-0.flight"), $"run {run}\n{mark}\n");
            // Somebody looks after the files before the daemon is started again.
            await using var other = SqliteJournal.Open(new() { Path = folder["journal.db"] }, TimeProvider.System);
            await other.EndRunAsync();
        }

        await using var last = await Life.BeginAsync(kind, folder, Small);
        await last.DeliverAsync(files, 3, 2);
        var outcome = await last.Events.ClosedAsync("made");
        Assert.Single(
            last.Events.Lines, line => line.StartsWith("quarantined made: strip 0 ", StringComparison.Ordinal));
        Assert.Equal([0], outcome.MissingStrips.AsEnumerable());
        Assert.Contains(MaskCode.Nodata, Workbench.Pixels(outcome, "water.tif"));

        // Announced again, it is tried once more, as a revision.
        last.Events.Forget("made");
        Assert.IsType<DeliveryOutcome.Accepted>(await last.DeliverAsync(files, 3, 0));
        Assert.Equal((2, 100.0),
            await last.Events.ClosedAsync("made") is var again ? (again.Revision, again.CompletenessPercent) : default);
    }

    [Fact]
    public async Task What_was_surveyed_and_classified_before_a_crash_is_not_read_once_more()
    {
        var (six, order) = (MadeImagery.SixRaw, new[] { 1, 0, 2 });
        await using var whole = new Workbench(kind, Small);
        await whole.Runtime.DeliverAsync(files.Delivery(six, 1, 0), CancellationToken.None);
        using var folder = new TemporaryFolder();
        var reads = new CountedStore(StripFiles.Store);
        await using (var first = await Life.BeginAsync(kind, folder, Small, reads))
        {
            // All is done but for the products, and then the process dies.
            await File.WriteAllTextAsync(folder["out"], "no folder");
            var delayed = new TaskCompletionSource();
            first.Events.OnDelayed = _ => delayed.TrySetResult();
            foreach (var index in order)
            {
                await first.Runtime.DeliverAsync(files.Delivery(six, 3, index), CancellationToken.None);
            }

            await delayed.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        Assert.True(reads.Count > 0);
        reads.Count = 0;
        File.Delete(folder["out"]);
        await using var second = await Life.BeginAsync(kind, folder, Small, reads);
        var outcome = await second.Events.ClosedAsync("made");
        Assert.Equal(0, reads.Count);
        Assert.Equal(
            Workbench.Pixels(await whole.Events.ClosedAsync("made"), "water.tif"),
                Workbench.Pixels(outcome, "water.tif"));

        // A strip with other content costs surveys again, for thresholds come from the whole scene.
        second.Events.Forget("made");
        var other = files.Delivery(six, 3, 0, change: strip => strip with { Data = strip.Data with { SizeBytes = 5 } });
        Assert.IsType<DeliveryOutcome.Accepted>(await second.Runtime.DeliverAsync(other, CancellationToken.None));
        await second.Events.ClosedAsync("made");
        Assert.True(reads.Count > 0);
    }

    [Theory]
    [InlineData("out")]
    [InlineData("work/made")]
    public async Task A_scene_that_waits_for_the_disk_says_so_until_it_goes_on(string place)
    {
        using var folder = new TemporaryFolder();
        await using var life = await Life.BeginAsync(kind, folder, Small);
        var troubles = new List<string?>();
        Directory.CreateDirectory(folder["work"]);
        await File.WriteAllTextAsync(folder[place], "no folder");
        life.Events.OnDelayed = _ =>
        {
            troubles.Add($"{life.Figures.Works.StalledScenes}: {life.Figures.Works.Trouble}");
            File.Delete(folder[place]);
        };
        await life.DeliverAsync(files, 1, 0);
        await life.Events.ClosedAsync("made");
        Assert.StartsWith("1: 1 wait for the disk, made: ", Assert.Single(troubles), StringComparison.Ordinal);
        Assert.Null(life.Figures.Works.Trouble);
        Assert.Equal(0, life.Figures.Works.StalledScenes);
    }

    private sealed class Life : IAsyncDisposable
    {
        private readonly SqliteJournal _journal;
        private readonly Workbench _bench;

        private Life(RuntimeKind kind, TemporaryFolder folder, ProcessingOptions processing, IRasterStore? store)
        {
            _journal = SqliteJournal.Open(new() { Path = folder["journal.db"] }, TimeProvider.System);
            _bench = new Workbench(kind, processing, journal: _journal, store: store,
                change: options => options with { WorkRoot = folder["work"], OutputRoot = folder["out"] });
        }

        public long Run => _journal.Run.Number;

        public int TakenUp { get; private init; }

        public RecordedEvents Events => _bench.Events;

        public IPipelineRuntime Runtime => _bench.Runtime;

        public IRuntimeFigures Figures => _bench.Figures;

        public static async Task<Life> BeginAsync(
            RuntimeKind kind, TemporaryFolder folder, ProcessingOptions processing, IRasterStore? store = null)
        {
            var life = new Life(kind, folder, processing, store);
            var open = await life._bench.Recovered;
            return new(life, open);
        }

        public ValueTask<DeliveryOutcome> DeliverAsync(StripFiles files, int count, int index) =>
            Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, count, index), CancellationToken.None);

        /// <summary>Ends as a crash does: the journal is not told that the process ends.</summary>
        public async ValueTask DisposeAsync()
        {
            await _bench.DisposeAsync();
            await _journal.DisposeAsync();
        }

        private Life(Life life, int takenUp) => (_journal, _bench, TakenUp) = (life._journal, life._bench, takenUp);
    }
}
