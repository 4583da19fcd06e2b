using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Measures scenes by the rules that hold when their regions are joined.</summary>
/// <param name="rules">The rules of this moment.</param>
/// <param name="references">The reference masks that they name.</param>
public sealed class AreaMeasurer(Func<RuleSet> rules, ReferenceMasks references) : IAreaMeasurer
{
    /// <inheritdoc/>
    public ImmutableArray<SceneFact.AreasMeasured> Measure(CompletedScene scene)
    {
        var set = rules();
        var orders = AreaReadings.OrdersOn(set, scene.Map, scene.Classes);
        if (orders.IsEmpty)
        {
            return [];
        }

        // A mask that changes meanwhile is not to answer in two forms for one scene.
        var masks = new Dictionary<string, PairedRows?>();
        var measurer = new SceneMeasurer(scene.Map, scene.Ground, scene.Threads);
        var measured = measurer.Measure(
            set.Index, orders, value => new TileClassRows(scene.Tiles, scene.Regions, value), Reference);
        return AreaReadings.Facts(
            set, orders, measured,
            part => new(scene.Revision, scene.Scene.SensedTo, scene.Backend, scene.Product, part),
            SecondMeasurer.Measure(measurer, set, scene, measured, Reference));

        PairedRows? Reference(string name, LandCoverClass value) => masks.TryGetValue(name, out var known) ? known
            : masks[name] = references.Under(set, name, scene.Scene, scene.Map);
    }
}
