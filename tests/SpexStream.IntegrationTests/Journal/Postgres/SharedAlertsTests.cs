using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.IntegrationTests.Journal.Postgres;

/// <summary>Alerts of nodes that share a journal and publish scenes over the same area at once.</summary>
public sealed class SharedAlertsTests(PostgresServer server) : PostgresTestBase(server)
{
    private static readonly AreaId Meadow = AreaId.Parse("meadow");

    [RequiresPostgresFact]
    public async Task However_nodes_get_in_each_others_way_an_alert_is_raised_once_and_confirmed_once()
    {
        PostgresJournal[] nodes = [Open("a"), Open("b")];
        await using var work = new Work([.. nodes.Select((node, i) => Judge(node, $"node-{i}", "flood"))]);
        await PublishAsync(nodes, work);
        Assert.Equal(["raised", "confirmed"], await ToldAsync(nodes[0]));
    }

    [RequiresPostgresFact]
    public async Task While_the_rules_of_nodes_differ_neither_cancels_what_the_other_has_raised()
    {
        PostgresJournal[] nodes = [Open("a"), Open("b")];
        await using var work = new Work([Judge(nodes[0], "old", "flood"), Judge(nodes[1], "new", "flood", "lake")]);
        await Eventually.HoldsAsync(async () => await CountAsync<SceneFact.RulesRead>(nodes[0]) == 2);
        var isLate = (await FactsAsync(nodes[0])).OfType<SceneFact.RulesRead>().Last().Node == "old";
        await PublishAsync(nodes, work);
        string[] told = isLate ? ["confirmed", "raised"] : ["confirmed", "confirmed", "raised", "raised"];
        Assert.Equal(told, (await ToldAsync(nodes[0])).Order());
        Assert.Equal(isLate ? "old" : null, work.Judges[1].Rival);
    }

    [RequiresPostgresFact]
    public async Task What_was_known_of_an_area_that_is_gone_is_forgotten_by_all()
    {
        PostgresJournal[] nodes = [Open("a"), Open("b")];
        await using var work = new Work([Judge(nodes[0], "first", "flood")]);
        var scene = SceneId.Parse("old");
        var now = TimeProvider.System.GetUtcNow();
        await (await nodes[0].OpenWriterAsync(scene)).AppendAsync(new(now, Facts(now.AddDays(-10))));
        work.Judges[0].Look(scene);
        await Eventually.HoldsAsync(async () => await CountAsync<SceneFact.SceneJudged>(nodes[0]) == 1);
        await using var later = new Work([Judge(nodes[1], "second", AreaId.Parse("field"), "flood")]);
        await Eventually.HoldsAsync(() => work.Judges[0].Rival == "second");
        var dropped = Assert.Single((await FactsAsync(nodes[0])).OfType<SceneFact.AreasDropped>());
        Assert.Equal(Meadow, Assert.Single(dropped.Areas));
        await work.EndAsync();
        await later.EndAsync();
    }

    private static async Task PublishAsync(PostgresJournal[] nodes, Work work)
    {
        const int Rounds = 8;
        var began = TimeProvider.System.GetUtcNow().AddHours(-1);
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(nodes.Select(async (node, i) =>
            {
                var scene = SceneId.Parse($"scene-{round}-{i}");
                var writer = await node.OpenWriterAsync(scene);
                await writer.AppendAsync(new(began, Facts(began.AddSeconds((2 * round) + i))));
                work.Judges[i].Look(scene);
            }));
        }

        await Eventually.HoldsAsync(async () => await CountAsync<SceneFact.SceneJudged>(nodes[0]) >= 2 * Rounds);
        await work.EndAsync();
    }

    private static ImmutableArray<SceneFact> Facts(DateTimeOffset sensed) =>
    [
        new SceneFact.AreasMeasured(
            1, sensed, "spectral", null,
            [
                new(Meadow, LandCoverClass.Water, 2000, null, new AreaMeasurement
                {
                    ClearShare = 1,
                    ClearSquareMetres = 1e6,
                    ClassSquareMetres = 1e5,
                    LargestSquareMetres = 1e5,
                }),
            ]),
        new SceneFact.ScenePublished(new(1, 1, "folder", 1, 100, [])),
    ];

    private static AlertJudge Judge(PostgresJournal journal, string node, params string[] rules) =>
        Judge(journal, node, Meadow, rules);

    private static AlertJudge Judge(PostgresJournal journal, string node, AreaId area, params string[] rules)
    {
        ImmutableArray<LonLat> ring = [new(10, 50), new(11, 50), new(11, 51), new(10, 50)];
        var rule = new AlertRule
        {
            Id = RuleId.Parse(rules[0]),
            Areas = [],
            Class = LandCoverClass.Water,
            Metric = AlertMetric.Area,
            Enter = 5,
            Exit = 2,
            Severities = [new(5, AlertSeverity.Moderate)],
        };
        var identity = new StationIdentity
        {
            Station = StationId.Parse("de-x"),
            Software = [],
            Model = new("spectral", "1"),
        };
        return new(
            new()
            {
                Journal = journal,
                Messages = new AlertMessages(identity, TimeProvider.System, isActual: false),
                Node = node,
                Time = TimeProvider.System,
            },
            new(
                [.. rules.Select(id => rule with { Id = RuleId.Parse(id) })],
                new([new(area, "The place", [AreaPolygon.Of([ring])!])])));
    }

    private static async Task<int> CountAsync<T>(PostgresJournal journal)
        where T : SceneFact => (await FactsAsync(journal)).OfType<T>().Distinct().Count();

    private static async Task<List<SceneFact>> FactsAsync(PostgresJournal journal)
    {
        var facts = new List<SceneFact>();
        await foreach (var recorded in journal.ReadAsync(SceneId.OfStream("alerts-a")))
        {
            facts.Add(recorded.Fact);
        }

        return facts;
    }

    private static async Task<string[]> ToldAsync(PostgresJournal journal) =>
    [
        .. (await journal.Outbox.ReadAsync(0, 1000, long.MaxValue))
            .Where(entry => entry.Message.Topic.StartsWith("spex/a/de-x/out/alert/", StringComparison.Ordinal))
            .Select(entry => JsonDocument.Parse(entry.Message.Payload).RootElement
                .GetProperty("properties").GetProperty("transition").GetString()!),
    ];

    /// <summary>Judges at work.</summary>
    private sealed class Work : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task[] _tasks;

        public Work(AlertJudge[] judges) =>
            (Judges, _tasks) = (judges, [.. judges.Select(judge => judge.RunAsync(_stop.Token))]);

        public AlertJudge[] Judges { get; }

        public async Task EndAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.All(_tasks, task => Assert.True(task.IsCanceled, $"{task.Exception}"));
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}
