using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;

namespace SpexStream.Pipeline.Alerts;

/// <summary>What is to be measured on a scene, and how it is written down.</summary>
internal static class AreaReadings
{
    // About 1 MiB in the journal, twice that with second opinions.
    private const int PerFact = 4000;

    /// <summary>What rules want to know of a scene on which some classes were told.</summary>
    public static ImmutableArray<MeasureOrder> OrdersOn(
        RuleSet rules, GroundMap map, ImmutableArray<LandCoverClass> classes) =>
        rules.OrdersFor(rules.Index.On(map)).RemoveAll(order => !classes.Contains(order.Class));

    /// <summary>The facts of what was measured; none where that is nothing.</summary>
    public static ImmutableArray<SceneFact.AreasMeasured> Facts(
        RuleSet rules, ImmutableArray<MeasureOrder> orders,
        ImmutableDictionary<MeasureOrder, AreaMeasurement> measured,
        Func<ImmutableArray<AreaReading>, SceneFact.AreasMeasured> fact,
        ImmutableDictionary<MeasureOrder, SecondOpinion>? seconds = null) =>
    [
        .. orders.Where(measured.ContainsKey)
            .Select(order => new AreaReading(
                rules.Index.Areas[order.Area].Id, order.Class, order.MinimumSquareMetres, order.Reference,
                measured[order])
            {
                Outline = rules.Index.Areas[order.Area].OutlineDigest(),
                Second = seconds?.GetValueOrDefault(order),
            })
            .Chunk(PerFact)
            .Select(part => fact([.. part])),
    ];
}
