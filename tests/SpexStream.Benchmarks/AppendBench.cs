using System.Diagnostics;
using System.Globalization;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Postgres;
using SpexStream.Journal.Sqlite;

namespace SpexStream.Benchmarks;

/// <summary>
/// appends PLACE CALLERS SECONDS: flushed appends of one fact of the size of a strip's acceptance, each caller on a
/// scene of its own, one after the other. The place is a folder for the embedded journal, or the address of a database;
/// both empty. Afterwards what was answered is read back: it must be there as often and as it was written.
/// </summary>
internal static class AppendBench
{
    private const int BytesOfAcceptance = 900;

    public static async Task RunAsync(string[] arguments)
    {
        var callers = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var limit = TimeSpan.FromSeconds(double.Parse(arguments[2], CultureInfo.InvariantCulture));
        await using var journal = Open(arguments[0]);
        var writers = await Task.WhenAll(Enumerable.Range(0, callers)
            .Select(async i => await journal.OpenWriterAsync(SceneId.Parse($"bench-{i}"))));
        var warmUp = await WriteAsync(writers, limit / 4);
        var started = Stopwatch.GetTimestamp();
        var waits = await WriteAsync(writers, limit);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var found = await CountAsync(journal, writers);
        if (found != warmUp.Count + waits.Count)
        {
            throw new InvalidOperationException(
                $"{warmUp.Count + waits.Count} appends were answered and {found} are in the journal.");
        }

        waits.Sort();
        Json.Print(
            ("callers", callers), ("appends_per_second", waits.Count / seconds), ("verified", found),
            ("p50_ms", waits[waits.Count / 2]), ("p99_ms", waits[waits.Count * 99 / 100]));
    }

    private static SceneFact Fact { get; } = new SceneFact.SceneRetracted(1, new string('x', BytesOfAcceptance));

    private static async Task<int> CountAsync(ISceneJournal journal, ISceneWriter[] writers)
    {
        var count = 0;
        foreach (var writer in writers)
        {
            await foreach (var recorded in journal.ReadAsync(writer.Scene))
            {
                count += recorded.Fact == Fact ? 1 : 0;
            }
        }

        return count;
    }

    private static ISceneJournal Open(string place)
    {
        if (PostgresAddress.Looks(place))
        {
            return PostgresJournal.Open(
                new() { Address = PostgresAddress.Parse(place), Node = "bench" }, TimeProvider.System);
        }

        Directory.CreateDirectory(place);
        return SqliteJournal.Open(new() { Path = Path.Combine(place, "journal.db") }, TimeProvider.System);
    }

    private static async Task<List<double>> WriteAsync(ISceneWriter[] writers, TimeSpan limit)
    {
        var append = new SceneAppend(DateTimeOffset.UnixEpoch, Fact);
        var started = Stopwatch.GetTimestamp();
        var waits = await Task.WhenAll(writers.Select(writer => Task.Run(async () =>
        {
            var own = new List<double>();
            while (Stopwatch.GetElapsedTime(started) < limit)
            {
                var asked = Stopwatch.GetTimestamp();
                await writer.AppendAsync(append);
                own.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            return own;
        })));
        return [.. waits.SelectMany(own => own)];
    }
}
