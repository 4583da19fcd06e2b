using System.Collections.Frozen;
using System.Collections.Immutable;
using SpexStream.Domain.Journal;

namespace SpexStream.Journal.Facts;

/// <summary>Every type of fact, by its type and by its tag.</summary>
internal static class FactKinds
{
    public static ImmutableArray<FactKind> All { get; } =
    [
        new("scene-opened", 1, FactJson.Default.SceneOpened),
        new("strip-accepted", 1, FactJson.Default.StripAccepted),
        new("tile-crashed", 1, FactJson.Default.TileCrashed),
        new("strip-summarised", 1, FactJson.Default.StripSummarised),
        new("strip-quarantined", 1, FactJson.Default.StripQuarantined),
        new("strip-released", 1, FactJson.Default.StripReleased),
        new("pass-ended", 1, FactJson.Default.PassEnded),
        new("gathering-ended", 1, FactJson.Default.GatheringEnded),
        new("scene-published", 1, FactJson.Default.ScenePublished),
        new("scene-failed", 1, FactJson.Default.SceneFailed),
        new("scene-reopened", 1, FactJson.Default.SceneReopened),
        new("scene-retracted", 1, FactJson.Default.SceneRetracted),
        new("scene-abandoned", 1, FactJson.Default.SceneAbandoned),
        new("product-removed", 1, FactJson.Default.ProductRemoved),
        new("areas-measured", 1, FactJson.Default.AreasMeasured),
        new("rule-used", 1, FactJson.Default.RuleUsed),
        new("rule-dropped", 1, FactJson.Default.RuleDropped),
        new("alerts-judged", 1, FactJson.Default.AlertsJudged),
        new("scene-judged", 1, FactJson.Default.SceneJudged),
        new("alerts-restated", 1, FactJson.Default.AlertsRestated),
        new("stream-moved", 1, FactJson.Default.StreamMoved),
        new("rules-read", 1, FactJson.Default.RulesRead),
        new("areas-dropped", 1, FactJson.Default.AreasDropped),
    ];

    private static readonly FrozenDictionary<Type, FactKind> ByType = All.ToFrozenDictionary(kind => kind.Json.Type);
    private static readonly FrozenDictionary<string, FactKind> ByTag = All.ToFrozenDictionary(kind => kind.Tag);

    public static FactKind Of(SceneFact fact) => ByType[fact.GetType()];

    public static FactKind? Find(string tag) => ByTag.GetValueOrDefault(tag);
}
