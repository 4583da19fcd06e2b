using System.Diagnostics;
using System.Globalization;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Sqlite;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.IntegrationTests.Journal;

/// <summary>How fast the journal is on the disk at hand. Figures are printed, not judged: a test says what is right,
/// and a loaded machine is not wrong.</summary>
public sealed class JournalFigures(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public Task Acceptances_with_so_many_callers(int callers) =>
        MeasureAsync("acceptances", callers, JournalSamples.Acceptance);

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public Task Tile_answers_with_so_many_callers(int callers) =>
        MeasureAsync("tile answers", callers, JournalSamples.Tile);

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public Task Facts_with_a_message_with_so_many_callers(int callers) => MeasureAsync(
        "facts with a message of 4 kB", callers,
        i => JournalSamples.Acceptance(i) with { Messages = [JournalSamples.Message($"e{i}")] });

    private async Task MeasureAsync(string what, int callers, Func<int, SceneAppend> append)
    {
        await using var journal = SqliteJournal.Open(new() { Path = _place["journal.db"] }, TimeProvider.System);
        var writers = await Task.WhenAll(Enumerable.Range(0, callers)
            .Select(async i => await journal.OpenWriterAsync(SceneId.Parse($"scene-{i}"))));
        await RunAsync(writers, append, 0, TimeSpan.FromSeconds(0.2));
        var (count, slowest, elapsed) = await RunAsync(writers, append, 1_000_000, TimeSpan.FromSeconds(0.8));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}, {callers} callers: {count / elapsed.TotalSeconds:F0}/s, "
            + $"mean {elapsed.TotalMilliseconds * callers / count:F2} ms, slowest {slowest.TotalMilliseconds:F1} ms"));
    }

    private static async Task<(int Count, TimeSpan Slowest, TimeSpan Elapsed)> RunAsync(
        ISceneWriter[] writers, Func<int, SceneAppend> append, int first, TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        var runs = await Task.WhenAll(writers.Select(async (writer, caller) =>
        {
            var (count, slowest) = (0, TimeSpan.Zero);
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                var begun = Stopwatch.GetTimestamp();
                await writer.AppendAsync(append(first + (caller * 100_000) + count++));
                slowest = Stopwatch.GetElapsedTime(begun) > slowest ? Stopwatch.GetElapsedTime(begun) : slowest;
            }

            return (Count: count, Slowest: slowest);
        }));
        return (runs.Sum(run => run.Count), runs.Max(run => run.Slowest), Stopwatch.GetElapsedTime(started));
    }
}
