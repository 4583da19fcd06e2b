using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;

namespace SpexStream.Tests.Journal;

/// <summary>One fact of every type that belongs to alerts.</summary>
internal static class SampleAlertFacts
{
    private static readonly DateTimeOffset Sensed = new(2026, 4, 1, 10, 20, 30, 125, TimeSpan.Zero);
    private static readonly SceneId Scene = SceneId.Parse("s2a-20260401-t33");
    private static readonly RuleId Rule = RuleId.Parse("river-flood");
    private static readonly AreaId Meadow = AreaId.Parse("meadow");

    private static readonly AreaMeasurement Measured = new()
    {
        ClearShare = 0.875,
        ClearSquareMetres = 1_000_000.25,
        ClassSquareMetres = 60_000,
        LargestSquareMetres = 50_000,
    };

    private static readonly KeptPass Kept = new()
    {
        Pass = new(Scene, 2, Sensed, "spectral", Measured, "file:///out/item.json"),
        Value = 6,
        Enters = true,
        IsLive = true,
        IsUsual = false,
        Backends = ["segmentation", "spectral"],
    };

    private static readonly SecondOpinion Second = new("spectral")
    {
        Both = new(50_000, 40_000.5),
        Either = new(70_000, 60_000),
    };

    private static readonly AlertStanding Standing = new()
    {
        Id = AlertId.Of(Rule, Meadow, Scene, 2),
        RuleVersion = "0123456789ab",
        Phase = AlertPhase.Confirmed,
        Confidence = AlertConfidence.Highest,
        Severity = AlertSeverity.Severe,
        Number = 2,
        ToldAt = Sensed.AddHours(1),
        ToldBefore = Sensed,
        ValueBefore = 5.5,
        ToldValue = 6,
        Value = 6,
        UsualShare = 0.01,
        FirstSeen = Sensed.AddDays(-1),
        LastSeen = Sensed,
        LastPass = Sensed,
        ExpiresAt = Sensed.AddDays(7),
        Count = 2,
        Scenes = [SceneId.Parse("s1"), Scene],
        Product = null,
    };

    private static readonly ToldChange Changed = new(Scene, 2, new(SceneId.Parse("s1"), 1, Sensed.AddDays(-1)))
    {
        Figures = new()
        {
            Gained = 20_000,
            Lost = 100.5,
            Stayed = 40_000,
            PerhapsGained = 300,
            PerhapsLost = 0,
            Compared = 900_000,
            Unseen = 100_000.25,
            GainedPatches =
            [
                new(200, new([new(
                    [new(13, 53), new(13.25, 53), new(13, 53.125)], [[new(13.01, 53.01), new(13.01, 53.02),
                        new(13.02, 53.01)]])])),
            ],
            LostPatches = [],
            OutlinesAreIncomplete = true,
        },
    };

    private static readonly AlertRule Full = new()
    {
        Id = Rule,
        Areas = [Meadow],
        Class = LandCoverClass.Water,
        Metric = AlertMetric.Change,
        Baseline = new AlertBaseline.Reference("usual-water"),
        Enter = 5,
        Exit = 2,
        MinimumHectares = 0.5,
        MinimumClearPercent = 70,
        ConfirmPasses = 1,
        OutOfPasses = 2,
        CoolDown = TimeSpan.FromHours(24),
        Severities = [new(5, AlertSeverity.Moderate), new(50, AlertSeverity.Severe)],
        Language = MessageLanguage.German,
    };

    public static ImmutableArray<SceneFact> All { get; } =
    [
        new SceneFact.AreasMeasured(
            2, Sensed, "spectral", "file:///out/item.json",
            [
                new(Meadow, LandCoverClass.Water, 5000, "usual-water", Measured),
                new(Meadow, LandCoverClass.Buildings, 0, null, AreaMeasurement.Nothing),
            ]),
        new SceneFact.RuleUsed(Full),
        new SceneFact.RuleUsed(Full with { Areas = [], Baseline = new AlertBaseline.Median(7) }),
        new SceneFact.RuleDropped(Rule),
        new SceneFact.AlertsJudged(
        [
            new(
                Rule, Meadow,
                [
                    new AlertFact.PassTaken(Kept),
                    new AlertFact.PassWithdrawn(Scene, 2, "wrong calibration"),
                    new AlertFact.AlertChanged(AlertTransition.Updated, Standing),
                    new AlertFact.AlertChanged(
                        AlertTransition.Cancelled, Standing, Sensed.AddDays(8), "wrong calibration"),
                ]),
        ]),
        new SceneFact.SceneJudged(Scene, 2, true, Sensed.AddHours(2)),
        new SceneFact.AlertsRestated(
        [
            new(Rule, Meadow)
            {
                Passes = [Kept with { Value = null, Backends = [] }],
                Open = Standing,
                Ended = null,
                Newest = Sensed,
                QuietUntil = Sensed.AddDays(-3),
                Withdrawn = [new(Scene, 1)],
            },
        ]),
        new SceneFact.AlertsJudged(
        [
            new(
                Rule, Meadow,
                [
                    new AlertFact.AlertChanged(AlertTransition.Updated, Standing with { Change = Changed }),
                    new AlertFact.AlertChanged(
                        AlertTransition.Updated, Standing with { Change = Changed with { Figures = null } }),
                ]),
        ]),
        new SceneFact.StreamMoved(),
        new SceneFact.RulesRead("node-1", "0123456789ab"),
        new SceneFact.AreasDropped(Rule, [Meadow, AreaId.Parse("lower-town")]),
        new SceneFact.AreasMeasured(
            1, Sensed, "spectral", null,
            [
                new(Meadow, LandCoverClass.Water, 5000, "usual-water", Measured with
                {
                    Reference = "00112233aabb",
                    OnScene = 0.9,
                }),
            ]),
        new SceneFact.AlertsJudged(
        [
            new(
                Rule, Meadow,
                [new AlertFact.AlertChanged(AlertTransition.Raised, Standing with { Reference = "00112233aabb" })]),
        ]),
        new SceneFact.AreasMeasured(
            2, Sensed, "segmentation", "file:///out/item.json",
            [
                new(Meadow, LandCoverClass.Water, 2000, null, Measured) { Second = Second },
                new(Meadow, LandCoverClass.Vegetation, 0, null, Measured) { Second = Second with { Both = null } },
            ]),
        new SceneFact.AlertsJudged(
        [
            new(
                Rule, Meadow,
                [
                    new AlertFact.PassTaken(
                        Kept with { Pass = Kept.Pass with { Second = Second }, AgreedBy = "spectral" }),
                ]),
        ]),
    ];
}
