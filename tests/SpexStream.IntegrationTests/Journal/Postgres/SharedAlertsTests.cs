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
        const int Rounds = 8;
        PostgresJournal[] nodes = [Open("a"), Open("b")];
        using var stop = new CancellationTokenSource();
        var judges = nodes.Select(Judge).ToArray();
        var work = judges.Select(judge => judge.RunAsync(stop.Token)).ToArray();
        var began = TimeProvider.System.GetUtcNow().AddHours(-1);
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(nodes.Select(async (node, i) =>
            {
                var scene = SceneId.Parse($"scene-{round}-{i}");
                var writer = await node.OpenWriterAsync(scene);
                await writer.AppendAsync(new(began, Facts(began.AddSeconds((2 * round) + i))));
                judges[i].Look(scene);
            }));
        }

        await Eventually.HoldsAsync(async () => await JudgedAsync(nodes[0]) >= 2 * Rounds);
        await stop.CancelAsync();
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.All(work, task => Assert.True(task.IsCanceled, $"{task.Exception}"));
        Assert.Equal(["raised", "confirmed"], await ToldAsync(nodes[0]));
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

    private static AlertJudge Judge(PostgresJournal journal)
    {
        ImmutableArray<LonLat> ring = [new(10, 50), new(11, 50), new(11, 51), new(10, 50)];
        var rule = new AlertRule
        {
            Id = RuleId.Parse("flood"),
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
                Time = TimeProvider.System,
            },
            new([rule], new([new(Meadow, "The meadow", [AreaPolygon.Of([ring])!])])));
    }

    private static async Task<int> JudgedAsync(PostgresJournal journal)
    {
        var judged = new HashSet<SceneId>();
        await foreach (var recorded in journal.ReadAsync(SceneId.OfStream("alerts-a")))
        {
            if (recorded.Fact is SceneFact.SceneJudged fact)
            {
                judged.Add(fact.Scene);
            }
        }

        return judged.Count;
    }

    private static async Task<string[]> ToldAsync(PostgresJournal journal) =>
    [
        .. (await journal.Outbox.ReadAsync(0, 1000, long.MaxValue))
            .Where(entry => entry.Message.Topic.StartsWith("spex/a/de-x/out/alert/", StringComparison.Ordinal))
            .Select(entry => JsonDocument.Parse(entry.Message.Payload).RootElement
                .GetProperty("properties").GetProperty("transition").GetString()!),
    ];
}
