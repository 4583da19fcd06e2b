using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Messaging.Ingest;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Ingest;

/// <summary>Announced files whose opening hangs in the kernel, as on a mount that is dead.</summary>
public sealed class SilentFileTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Fifo _pipe = new();

    [Fact]
    public async Task A_file_that_does_not_answer_holds_nobody_up_and_is_taken_when_it_answers()
    {
        // More patience than the clock, which is told to hurry, can use up while the file's thread wakes up.
        await using var bench = Bench(
            options => options with { Parallelism = 1, SilentPatience = TimeSpan.FromDays(365) });
        using var end = _pipe.ReleasedAtEnd();
        var dead = bench.Announce(IngestBench.Strip("dead", 0, bench.NewFile("dead.tif")));
        bench.Start();
        Assert.True(await _pipe.EnteredAsync());
        var sound = bench.Announce(IngestBench.Strip("sound", 0, bench.NewFile("sound.tif")));
        bench.Clock.Advance(Limit);
        await sound.AcknowledgedAsync();
        Assert.False(dead.IsAcknowledged);
        Assert.Equal(1, bench.Ingest.HungReads);

        _pipe.Release();
        await ComesAsync(bench, TimeSpan.FromSeconds(1), () => dead.IsAcknowledged);
        Assert.Empty(bench.DeadLetters());
        Assert.Equal(0, bench.Ingest.HungReads);
    }

    [Fact]
    public async Task An_announcement_whose_file_never_answers_becomes_a_dead_letter_after_the_time_that_is_set()
    {
        await using var bench = Bench(options => options with { SilentPatience = TimeSpan.FromMinutes(2) });
        using var end = _pipe.ReleasedAtEnd();
        var dead = bench.Announce(IngestBench.Strip("dead", 0, bench.NewFile("dead.tif")));
        bench.Start();
        Assert.True(await _pipe.EnteredAsync());
        var before = bench.Clock.GetUtcNow();
        await ComesAsync(bench, TimeSpan.FromSeconds(1), () => dead.IsAcknowledged);
        Assert.Equal(["unreadable"], bench.DeadLetters().AsEnumerable());
        Assert.True(bench.Clock.GetUtcNow() - before >= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task One_thread_is_lost_to_a_dead_file_however_often_it_is_announced()
    {
        await using var bench = Bench(options => options);
        using var end = _pipe.ReleasedAtEnd();
        var path = bench.NewFile("dead.tif");
        bench.Announce(IngestBench.Strip("dead", 0, path));
        bench.Start();
        Assert.True(await _pipe.EnteredAsync());
        bench.Clock.Advance(Limit);
        for (var index = 1; index < 20; index++)
        {
            bench.Announce(IngestBench.Strip("dead", index, path));
        }

        await bench.Announce(IngestBench.Strip("sound", 0, bench.NewFile("sound.tif"))).AcknowledgedAsync();
        Assert.Equal(1, bench.Ingest.HungReads);
        Assert.Null(bench.Ingest.Trouble);
    }

    [Fact]
    public async Task When_every_thread_hangs_announcements_wait_and_go_on_when_one_comes_back()
    {
        await using var bench = Bench(options => options with { Parallelism = 1, MaxHungReads = 1 });
        using var end = _pipe.ReleasedAtEnd();
        bench.Start();
        foreach (var name in new[] { "dead-a", "dead-b" })
        {
            Directory.CreateDirectory(Path.Combine(bench.Incoming, name));
            bench.Announce(IngestBench.Strip(name, 0, bench.NewFile($"{name}/strip.tif")));
            Assert.True(await _pipe.EnteredAsync());
            bench.Clock.Advance(Limit);
        }

        Assert.NotNull(bench.Ingest.Trouble);
        var sound = bench.Announce(IngestBench.Strip("sound", 0, bench.NewFile("sound.tif")));
        _pipe.Release();
        await sound.AcknowledgedAsync();
        Assert.Null(bench.Ingest.Trouble);
    }

    [Fact]
    public async Task What_waits_for_a_file_when_the_ingest_stops_stays_the_brokers()
    {
        await using var bench = Bench(options => options);
        using var end = _pipe.ReleasedAtEnd();
        var dead = bench.Announce(IngestBench.Strip("dead", 0, bench.NewFile("dead.tif")));
        bench.Start();
        Assert.True(await _pipe.EnteredAsync());
        await bench.StopAsync();
        Assert.False(dead.IsAcknowledged);
        Assert.Empty(bench.DeadLetters());
    }

    public void Dispose() => _pipe.Dispose();

    // Time goes on until it holds.
    private static Task ComesAsync(IngestBench bench, TimeSpan step, Func<bool> holds) =>
        Task.Run(() => Assert.True(SpinWait.SpinUntil(
        () =>
        {
            bench.Clock.Advance(step);
            return holds();
        },
        TimeSpan.FromSeconds(30))));

    private IngestBench Bench(Func<IngestOptions, IngestOptions> change) =>
        new(options => change(options with { ReadTimeout = Limit }), store => new HangingStore(store, _pipe));

    private sealed class HangingStore(IRasterStore inner, Fifo pipe) : IRasterStore
    {
        public RasterInfo Describe(string path)
        {
            if (path.Contains("dead", StringComparison.Ordinal))
            {
                pipe.Hang();
            }

            return inner.Describe(path);
        }

        public IRasterReader Open(string path) => inner.Open(path);
    }
}
