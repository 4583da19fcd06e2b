using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Pipeline.Pixels;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pipeline;

public sealed class PixelCacheTests(StripFiles files) : IClassFixture<StripFiles>
{
    private static readonly int[] Bands = [0, 1, 2, 3, 4, 5];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(17)]
    public void A_tile_over_several_strips_holds_the_pixels_of_the_whole_scene(int count)
    {
        using var rig = new Rig(StripFiles.Store, 16 << 20);
        var random = new Random(count);
        for (var i = 0; i < 60; i++)
        {
            var core = new PixelWindow(random.Next(StripFiles.Width - 40), random.Next(StripFiles.Height - 40), 40, 40);
            Check(rig.Read(core, 2, Strips(count)));
        }

        Assert.InRange(rig.Cache.Bytes, 1, 16 << 20);
    }

    [Fact]
    public void What_was_read_is_not_read_again_until_it_is_dropped()
    {
        var store = new HookedStore(StripFiles.Store, (_, _) => { });
        using var rig = new Rig(store, 64 << 20);
        var core = new PixelWindow(100, 100, 64, 64);
        Check(rig.Read(core, 2, Strips(1)));
        var once = store.Reads.Count;
        Check(rig.Read(core with { Column = 110 }, 2, Strips(1)));
        Assert.Equal(once, store.Reads.Count);
        rig.Cache.Forget(files.PathOf(1, 0));
        Assert.Equal(0, rig.Cache.Bytes);
        Check(rig.Read(core, 2, Strips(1)));
        Assert.Equal(2 * once, store.Reads.Count);
    }

    [Fact]
    public void Beyond_its_budget_the_oldest_chunk_goes_first()
    {
        var store = new HookedStore(StripFiles.Store, (_, _) => { });
        // Three chunks of 512 x 512 pixels, 6 bands of 2 bytes.
        using var rig = new Rig(store, 3L * 512 * 512 * 12);
        PixelWindow[] chunks = [new(0, 0, 8, 8), new(512, 0, 8, 8), new(0, 512, 8, 8), new(512, 512, 8, 8)];
        Array.ForEach(chunks, chunk => Check(rig.Read(chunk, 0, Strips(1))));
        Assert.Equal(4, store.Reads.Count);
        Check(rig.Read(chunks[3], 0, Strips(1)));
        Assert.Equal(4, store.Reads.Count);
        Check(rig.Read(chunks[0], 0, Strips(1)));
        Assert.Equal(5, store.Reads.Count);
    }

    [Fact]
    public async Task A_read_that_fails_reaches_everyone_who_waits_and_is_tried_again_by_the_next()
    {
        using var failing = new ManualResetEventSlim();
        var broken = true;
        var store = new HookedStore(StripFiles.Store, (path, window) =>
        {
            failing.Wait(TimeSpan.FromSeconds(20));
            if (Volatile.Read(ref broken))
            {
                throw new RasterException(path, window, "the disk is gone");
            }
        });
        using var rig = new Rig(store, 64 << 20);
        var tasks = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
            () => rig.Read(new(10, 10, 20, 20), 2, Strips(1)), TaskCreationOptions.LongRunning)).ToArray();
        failing.Set();
        foreach (var task in tasks)
        {
            var fault = await Assert.ThrowsAsync<RasterException>(() => task);
            Assert.Contains("the disk is gone", fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, rig.Cache.Bytes);
        Volatile.Write(ref broken, false);
        Check(rig.Read(new(10, 10, 20, 20), 2, Strips(1)));
    }

    [Fact]
    public async Task Many_threads_read_the_same_pixels_each_with_handles_of_its_own()
    {
        // The store fails the test when two threads use one handle at once.
        var store = new HookedStore(StripFiles.Store, (_, _) => { });
        using var rig = new Rig(store, 8 << 20);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Factory.StartNew(
            () =>
            {
                var random = new Random(seed);
                for (var i = 0; i < 40; i++)
                {
                    var core = new PixelWindow(
                        random.Next(StripFiles.Width - 90), random.Next(StripFiles.Height - 90), 90, 90);
                    Check(rig.Read(core, 3, Strips(3)));
                }
            },
            TaskCreationOptions.LongRunning)));
    }

    [Fact]
    public void A_reader_set_keeps_no_more_files_open_than_it_may()
    {
        var store = new HookedStore(StripFiles.Store, (_, _) => { });
        using (var readers = new ReaderSet(store, 4))
        {
            for (var i = 0; i < 17; i++)
            {
                readers.Get(files.PathOf(17, i), $"{i}");
            }

            Assert.Equal(4, store.OpenReaders);
            Assert.Same(readers.Get(files.PathOf(17, 16), "16"), readers.Get(files.PathOf(17, 16), "16"));
        }

        Assert.Equal(0, store.OpenReaders);
    }

    private IEnumerable<StripRaster> Strips(int count) => Enumerable.Range(0, count).Select(i =>
        new StripRaster(files.PathOf(count, i), StripFiles.Store.Describe(files.PathOf(count, i)),
            StripFiles.Edges(count)[i], [.. Bands]));

    private void Check(PixelPlanes planes)
    {
        using (planes)
        {
            var covered = planes.Covered;
            Assert.Equal(planes.Window.Intersect(new(0, 0, StripFiles.Width, StripFiles.Height)), covered);
            for (var row = covered.Row; row < covered.Bottom; row++)
            {
                foreach (var band in Bands)
                {
                    var line = planes.RowSpan<ushort>(band, row - planes.Window.Row);
                    for (var column = covered.Column; column < covered.Right; column++)
                    {
                        if (line[column - planes.Window.Column] != files.At(band, column, row))
                        {
                            Assert.Fail($"band {band}, column {column}, row {row} of window {planes.Window}");
                        }
                    }
                }
            }
        }
    }

    /// <summary>A cache with its pool, and a reader set for each call.</summary>
    private sealed class Rig(Domain.Ports.Raster.IRasterStore store, long budget) : IDisposable
    {
        private readonly PixelPool _pool = new(4 << 20);
        private PixelCache? _cache;

        public PixelCache Cache => _cache ??= new PixelCache(_pool, budget);

        public PixelPlanes Read(PixelWindow core, int halo, IEnumerable<StripRaster> strips)
        {
            using var readers = new ReaderSet(store);
            return new TilePixelReader(Cache, Imagery).Read(
                core, halo, new(0, 0, StripFiles.Width, StripFiles.Height), [.. strips], readers);
        }

        public void Dispose()
        {
            Cache.Dispose();
            _pool.Dispose();
        }

        private static SceneImagery Imagery { get; } = new(
            new BandSet(["blue", "green", "red", "nir", "swir16", "swir22"]), PixelType.UInt16,
            Radiometry.Uniform(6, null, null, null), [], 10);
    }
}
