using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Sqlite;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline.Alerts;

namespace SpexStream.Benchmarks;

/// <summary>
/// judging AREAS SIDE THREADS ROUNDS FOLDER: a scene raises an alert in each of so many areas, with gains and losses
/// since an earlier pass: the trial of what is to be compared, the judgement and the messages, fitted to their size;
/// then all of it into an embedded journal, and what a node reads at its start. Comparing itself is not in it.
/// </summary>
internal static class JudgeBench
{
    // Of either ring: with all gains and losses a message is too long then.
    private const int Corners = 60;
    private static readonly DateTimeOffset Now = AlertGround.Sensed.AddHours(1);
    private static readonly TimeProvider Clock = new StillClock();

    public static async Task RunAsync(string[] arguments)
    {
        var numbers = arguments[..4].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var scene = AlertGround.Make(numbers[0], numbers[1], Corners);
        var rules = scene.Rules;
        var figures = ChangeBench.Compare(
            scene, new WavyRows(numbers[1], numbers[1]), new WavyRows(numbers[1], numbers[1], 1), numbers[2]);
        var messages = new AlertMessages(
            new StationIdentity { Station = StationId.Parse("bench"), Software = [], Model = new("spectral", "1") },
            Clock, isActual: false);
        var earlier = Earlier(rules);
        var book = new AlertBook();
        foreach (var fact in earlier)
        {
            book.Apply(fact);
        }

        List<double> trial = [], decided = [], cpu = [], written = [], started = [];
        var (told, bytes, stored, memory) = (0, 0L, 0L, 0L);
        // The first round does not count.
        for (var round = -1; round < numbers[3]; round++)
        {
            ImmutableArray<AlertWork> work = [];
            trial.Add(Rounds.Once(() => work = Work(book, rules, figures)));
            (told, bytes) = (0, 0);
            var spent = Environment.CpuUsage.TotalTime;
            decided.Add(Rounds.Once(() => Decide(messages, rules, book, work)));
            cpu.Add((Environment.CpuUsage.TotalTime - spent).TotalSeconds);
            var folder = Path.Combine(arguments[4], string.Create(CultureInfo.InvariantCulture, $"round{round}"));
            Directory.CreateDirectory(folder);
            await using var journal = SqliteJournal.Open(new() { Path = Path.Combine(folder, "journal.db") }, Clock);
            var tools = new AlertJudgeTools { Journal = journal, Messages = messages, Node = "bench", Time = Clock };
            var stream = new AlertStream(journal, Clock, default);
            await stream.OpenAsync();
            await stream.WriteAsync(earlier, []);
            var before = Stopwatch.GetTimestamp();
            await new AlertPen(tools).WriteAsync(
                stream, rules, work, [new SceneFact.SceneJudged(SceneId.Parse("s2"), 1, false, Now)]);
            written.Add(Stopwatch.GetElapsedTime(before).TotalSeconds);
            stored = Directory.GetFiles(folder).Sum(file => new FileInfo(file).Length);
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            before = Stopwatch.GetTimestamp();
            var reader = new AlertStream(journal, Clock, default);
            await reader.OpenAsync();
            started.Add(Stopwatch.GetElapsedTime(before).TotalSeconds);
            memory = GC.GetTotalMemory(forceFullCollection: true) - heap;
            if (reader.Book.Open.Count() != numbers[0] || told != numbers[0])
            {
                throw new InvalidOperationException($"{told} told, {reader.Book.Open.Count()} open.");
            }

            GC.KeepAlive(reader);
        }

        Json.Print(
            ("trial_seconds", Median(trial)), ("decide_seconds", Median(decided)),
            ("decide_cpu_seconds", Median(cpu)), ("write_seconds", Median(written)),
            ("start_seconds", Median(started)), ("areas", numbers[0]), ("told", told), ("message_bytes", bytes),
            ("outlines", ChangeBench.Outlined(figures)), ("outlines_told", Outlined(messages, rules, book, figures)),
            ("journal_bytes", stored), ("book_bytes", memory));

        void Decide(AlertMessages into, RuleSet all, AlertBook state, ImmutableArray<AlertWork> work)
        {
            var batches = new AlertBatches(into, all, Now);
            foreach (var batch in batches.Judge(state, work))
            {
                Count(batch);
            }

            Count(batches.Take());
        }

        void Count(AlertBatch batch)
        {
            told += batch.Changes.Length;
            bytes += batch.Messages.Sum(message => (long)message.Payload.Length);
        }
    }

    // What is left of gains and losses in the messages.
    private static int Outlined(
        AlertMessages messages, RuleSet rules, AlertBook book, IReadOnlyDictionary<AreaId, ChangeFigures> figures) =>
        new AlertBatches(messages, rules, Now).Judge(book, Work(book, rules, figures))
            .SelectMany(batch => batch.Messages)
            .Where(message => message.Topic.Contains("/out/alert/", StringComparison.Ordinal))
            .Select(message => JsonDocument.Parse(message.Payload).RootElement.GetProperty("properties"))
            .Select(properties => properties.GetProperty("change"))
            .Sum(change => Polygons(change, "gained") + Polygons(change, "lost"));

    private static int Polygons(JsonElement change, string name) => !change.TryGetProperty(name, out var geometry) ? 0
        : geometry.GetProperty("type").GetString() == "Polygon" ? 1
        : geometry.GetProperty("coordinates").GetArrayLength();

    private static double Median(List<double> seconds) => Rounds.Median(seconds.Skip(1));

    // As the judge finds it, but for the comparison itself.
    private static ImmutableArray<AlertWork> Work(
        AlertBook book, RuleSet rules, IReadOnlyDictionary<AreaId, ChangeFigures> figures)
    {
        var work = Observed(book, rules, "s2", AlertGround.Sensed, 10).ToBuilder();
        foreach (var order in ChangeOrder.In(book, work.ToImmutable(), Now))
        {
            work[order.Place] = order.Work with
            {
                Input = (AlertInput.Observed)order.Work.Input with
                {
                    Change = order.Change with { Figures = figures[order.Work.Area] },
                },
            };
        }

        return work.ToImmutable();
    }

    private static ImmutableArray<AlertWork> Observed(
        AlertBook book, RuleSet rules, string scene, DateTimeOffset sensed, double hectares)
    {
        var measured = new AreaMeasurement
        {
            ClearShare = 1,
            ClearSquareMetres = 500_000,
            ClassSquareMetres = hectares * AreaMeasurement.SquareMetresPerHectare,
            LargestSquareMetres = hectares * AreaMeasurement.SquareMetresPerHectare,
        };
        var order = rules.OrdersFor([0])[0];
        AreaReading[] readings =
        [
            .. rules.Index.Areas.Select(area => new AreaReading(
                area.Id, LandCoverClass.Water, order.MinimumSquareMetres, null, measured)
            {
                Outline = area.OutlineDigest(),
            }),
        ];
        return AlertDesk.Observed(
            book, SceneId.Parse(scene), [new(1, sensed, "spectral", "file:///out/item.json", [.. readings])], null);
    }

    private static ImmutableArray<SceneFact> Earlier(RuleSet rules)
    {
        var book = new AlertBook();
        book.Apply(new SceneFact.RuleUsed(rules.Rules[0]));
        var sensed = AlertGround.Sensed.AddDays(-1);
        var work = Observed(book, rules, "s1", sensed, 0);
        return
        [
            new SceneFact.RuleUsed(rules.Rules[0]),
            new SceneFact.AlertsJudged(
            [
                .. work.Select(each => new AlertEntry(each.Rule.Id, each.Area, AlertLife.Step(
                    each.Rule, book.StateOf(each.Rule.Id, each.Area), each.Input, sensed).Facts)),
            ]),
        ];
    }

    // Messages must be the same each time.
    private sealed class StillClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
