using SpexStream.Pipeline.Retention;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Retention;

/// <summary>The gate for strips, by the room on two disks.</summary>
public sealed class DiskWatchTests
{
    private const long Mebibyte = 1 << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private readonly ManualClock _clock = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, long> _free = new() { ["/data"] = 900 * Mebibyte, ["/out"] = 900 * Mebibyte };
    private readonly List<string?> _told = [];
    private int _called;

    [Fact]
    public async Task Strips_wait_below_the_floor_and_go_on_by_themselves_a_tenth_above_it()
    {
        var watch = Watch();
        await watch.WaitAsync(CancellationToken.None).AsTask().WaitAsync(Longest);

        Pass(watch, 99);
        var waiting = watch.WaitAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.Equal("the disk of out has 99 MiB free, strips are taken again from 110 MiB", watch.Trouble);
        Assert.Equal([("data", false), ("out", true)], watch.Levels.AsEnumerable());

        Pass(watch, 109);
        Assert.False(waiting.IsCompleted);
        Pass(watch, 110);
        await waiting.WaitAsync(Longest);
        Assert.Null(watch.Trouble);
        Assert.Equal(2, _told.Count);
        Assert.Null(_told[1]);
    }

    [Fact]
    public async Task Whoever_waits_can_give_up()
    {
        _free["/data"] = 1;
        var watch = Watch();
        using var stop = new CancellationTokenSource();
        var waiting = watch.WaitAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void Housekeeping_is_called_before_strips_have_to_wait_and_then_every_half_minute()
    {
        var watch = Watch();
        Assert.Equal(0, _called);
        _free["/data"] = 150 * Mebibyte;
        watch.Look();
        Assert.Equal((1, null), (_called, watch.Trouble));
        watch.Look();
        Assert.Equal(1, _called);
        _free["/data"] = 50 * Mebibyte;
        watch.Look();
        Assert.Equal(2, _called);
        _clock.Advance(TimeSpan.FromSeconds(30));
        watch.Look();
        Assert.Equal(3, _called);
    }

    [Fact]
    public void A_disk_that_cannot_be_measured_changes_nothing()
    {
        var watch = Watch();
        _free.Clear();
        watch.Look();
        Assert.Null(watch.Trouble);
    }

    private void Pass(DiskWatch watch, long mebibytes)
    {
        _free["/out"] = mebibytes * Mebibyte;
        watch.Look();
    }

    private DiskWatch Watch() => new(
        [("data", "/data"), ("out", "/out")],
        new DiskWatchOptions
        {
            MinFreeBytes = 100 * Mebibyte,
            KeepFreeBytes = 200 * Mebibyte,
            FreeBytes = folder => _free.TryGetValue(folder, out var free) ? free : throw new IOException("away"),
            OnChange = _told.Add,
            OnShort = () => _called++,
        },
        _clock);
}
