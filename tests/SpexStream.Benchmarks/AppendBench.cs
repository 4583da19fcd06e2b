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
/// scene of its own, one after the other. The place is a folder for the embedded journal, or the address of a database.
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
        await WriteAsync(writers, limit / 4);
        var started = Stopwatch.GetTimestamp();
        var waits = await WriteAsync(writers, limit);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        waits.Sort();
        Json.Print(
            ("callers", callers), ("appends_per_second", waits.Count / seconds),
            ("p50_ms", waits[waits.Count / 2]), ("p99_ms", waits[waits.Count * 99 / 100]));
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
        var append = new SceneAppend(
            DateTimeOffset.UnixEpoch, new SceneFact.SceneRetracted(1, new string('x', BytesOfAcceptance)));
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
