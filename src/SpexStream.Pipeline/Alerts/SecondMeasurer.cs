using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.LandCover;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Measures how far a second backend agrees with what was measured of a scene.</summary>
internal static class SecondMeasurer
{
    private static readonly ImmutableDictionary<MeasureOrder, SecondOpinion> None =
        ImmutableDictionary<MeasureOrder, SecondOpinion>.Empty;

    /// <summary>What the second says to each order of which it could matter.</summary>
    /// <param name="measurer">What measured the first.</param>
    /// <param name="rules">The rules that ask.</param>
    /// <param name="scene">The scene.</param>
    /// <param name="measured">What the first says.</param>
    /// <param name="references">The reference masks under the scene.</param>
    public static ImmutableDictionary<MeasureOrder, SecondOpinion> Measure(
        SceneMeasurer measurer, RuleSet rules, CompletedScene scene,
        ImmutableDictionary<MeasureOrder, AreaMeasurement> measured,
        Func<string, LandCoverClass, PairedRows?> references)
    {
        if (scene.Second is not { } second)
        {
            return None;
        }

        var opinions = None.ToBuilder();
        // Where the first sees nothing of what a rule watches for, it does not matter what the second sees.
        foreach (var (order, extent) in Extents(either: false, seen => seen.ClassSquareMetres > 0))
        {
            opinions[order] = new(second.Backend) { Both = extent };
        }

        foreach (var (order, extent) in Extents(
            either: true, seen => seen.ClassSquareMetres < seen.ClearSquareMetres))
        {
            opinions[order] = (opinions.GetValueOrDefault(order) ?? new(second.Backend)) with { Either = extent };
        }

        return opinions.ToImmutable();

        IEnumerable<(MeasureOrder Order, ClassExtent Extent)> Extents(
            bool either, Predicate<AreaMeasurement> matters)
        {
            var watched = rules.Rules.Where(rule => rule.WatchesFall == either).Select(rule => rule.Class).ToHashSet();
            MeasureOrder[] orders = [.. measured
                .Where(entry => watched.Contains(entry.Key.Class) && second.Classes.Contains(entry.Key.Class)
                    && matters(entry.Value))
                .Select(entry => entry.Key)];
            return measurer.Measure(
                rules.Index, orders,
                value => new AgreementRows(
                    new TileClassRows(scene.Tiles, scene.Regions, value), second.Rows(value), either), references)
                .Select(entry => (entry.Key, ClassExtent.Of(entry.Value)));
        }
    }
}
