using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Measures scenes by the rules that hold when their regions are joined.</summary>
/// <param name="rules">The rules of this moment.</param>
/// <param name="references">The reference masks that they name.</param>
public sealed class AreaMeasurer(Func<RuleSet> rules, ReferenceMasks references) : IAreaMeasurer
{
    // About 1 MiB in the journal.
    private const int ReadingsPerFact = 4000;

    /// <inheritdoc/>
    public ImmutableArray<SceneFact.AreasMeasured> Measure(CompletedScene scene)
    {
        var set = rules();
        var orders = set.OrdersFor(set.Index.On(scene.Map)).RemoveAll(order => !scene.Classes.Contains(order.Class));
        if (orders.IsEmpty)
        {
            return [];
        }

        var measured = new SceneMeasurer(scene.Map, scene.Ground, scene.Threads).Measure(
            set.Index, orders, value => new TileClassRows(scene.Tiles, scene.Regions, value),
            (name, _) => references.Under(set, name, scene));
        return
        [
            .. orders.Where(measured.ContainsKey)
                .Select(order => new AreaReading(
                    set.Index.Areas[order.Area].Id, order.Class, order.MinimumSquareMetres, order.Reference,
                    measured[order]))
                .Chunk(ReadingsPerFact)
                .Select(part => new SceneFact.AreasMeasured(
                    scene.Revision, scene.Scene.SensedTo, scene.Backend, scene.Product, [.. part])),
        ];
    }
}
