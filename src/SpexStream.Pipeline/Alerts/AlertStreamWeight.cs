using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>How many bytes facts of alerts take in the journal, as far as that can be said without writing them: at
/// least as many, and seldom twice as many.</summary>
internal static class AlertStreamWeight
{
    private const int BytesOfPass = 800;
    private const int BytesOfChange = 1200;
    private const int BytesBesideId = 3;
    private const int BytesOfPosition = 32;
    private const int BytesOfRule = 1000;
    private const int BytesOfOther = 400;
    // The ids of areas are what makes a fact of a rule long.
    private const int BytesOfArea = 104;

    /// <summary>Bytes of a fact, but for states that a stream was begun anew with: by them it has not grown.</summary>
    public static long Of(SceneFact fact) => fact switch
    {
        SceneFact.AlertsJudged judged => judged.Entries.Sum(Of),
        SceneFact.AlertsRestated => 0,
        SceneFact.RuleUsed used => Of(used.Rule),
        SceneFact.AreasDropped dropped => BytesOfRule + ((long)BytesOfArea * dropped.Areas.Length),
        _ => BytesOfOther,
    };

    /// <summary>Bytes of a rule.</summary>
    public static long Of(AlertRule rule) => BytesOfRule + ((long)BytesOfArea * rule.Areas.Length);

    /// <summary>Bytes of an entry.</summary>
    public static long Of(AlertEntry entry) => entry.Facts.Sum(fact =>
        fact is AlertFact.AlertChanged { Standing: var standing }
            ? BytesOfChange + standing.Scenes.Sum(scene => (long)scene.Value.Length + BytesBesideId)
                + ((long)BytesOfPosition * (standing.Change?.PositionCount ?? 0))
            : BytesOfPass);
}
