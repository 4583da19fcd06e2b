using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Regions;
using SpexStream.Raster;

namespace SpexStream.Benchmarks;

/// <summary>
/// alerts AREAS SIDE THREADS ROUNDS: one rule on so many areas: which of them lie on the scene, what it says of them,
/// and what that does to their alerts. Packing the areas, once per change of their file, is timed apart, and so is a
/// rule that names each of them, and the comparison of all of them with an earlier pass. Before, every twentieth area
/// is counted pixel by pixel.
/// </summary>
internal static class AlertBench
{
    private const int SquareMetresOfPixel = 100;
    // Edges are straight in degrees for the program and on the grid for who counts, and its map of the ground is true
    // to a hundredth of a pixel: at most so many pixels in ten thousand lie between the two.
    private const double MostPerTenThousand = 5;

    public static void Run(string[] arguments)
    {
        int[] numbers = [.. arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var (count, side, threads, rounds) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        var scene = AlertGround.Make(count, side);
        var (map, rules, areas) = (scene.Map, scene.Rules, scene.Rules.Index.Areas);
        var (compared, differing) = Compare(rules, map, scene.Area, threads, scene.Shapes);
        var (measured, facts, namedFacts, outlined) = (0, 0, 0, 0);
        var seconds = Rounds.Interleave(
            rounds,
            () => (measured, facts) = Evaluate(rules, map, scene.Area, threads),
            () => _ = new AreaIndex(areas),
            () => (_, namedFacts) = Evaluate(rules with { Rules = [Named(areas)] }, map, scene.Area, threads),
            () => Named(areas),
            () => outlined = ChangeBench.Outlined(ChangeBench.Compare(
                scene, new WavyRows(side, side), new WavyRows(side, side, 1), threads)));
        if (namedFacts != facts)
        {
            throw new InvalidOperationException($"{namedFacts} facts where the areas are named, else {facts}.");
        }

        Json.Print(
            ("seconds", seconds[0]), ("index_seconds", seconds[1]), ("named_seconds", seconds[2]),
            ("check_seconds", seconds[3]), ("change_seconds", seconds[4]), ("outlined", outlined),
            ("areas", areas.Length), ("measured", measured), ("facts", facts),
            ("compared_pixels", compared), ("differing_pixels", differing));
    }

    private static (int Measured, int Facts) Evaluate(RuleSet rules, GroundMap map, PlanarPixelArea ground, int threads)
    {
        var orders = rules.OrdersFor(rules.Index.On(map));
        var measured = new SceneMeasurer(map, ground, threads).Measure(
            rules.Index, orders, _ => new WavyRows(map.Width, map.Height), (_, _) => null);
        AreaReading[] readings =
        [
            .. measured.Select(entry => new AreaReading(
                rules.Index.Areas[entry.Key.Area].Id, entry.Key.Class, entry.Key.MinimumSquareMetres,
                entry.Key.Reference, entry.Value)),
        ];
        var book = new AlertBook();
        book.Apply(new SceneFact.RuleUsed(rules.Rules[0]));
        var work = AlertDesk.Observed(
            book, SceneId.Parse("bench"), [new(1, AlertGround.Sensed, "spectral", null, [.. readings])], null);
        return (measured.Count, work.Sum(each => AlertLife
            .Step(each.Rule, book.StateOf(each.Rule.Id, each.Area), each.Input, AlertGround.Sensed).Facts.Length));
    }

    private static (long Compared, long Differing) Compare(
        RuleSet rules, GroundMap map, PlanarPixelArea ground, int threads, PixelRings[] shapes)
    {
        const int Every = 20;
        // A plain count knows no smallest part.
        MeasureOrder[] orders =
            [.. rules.OrdersFor(rules.Index.On(map)).Select(order => order with { MinimumSquareMetres = 0 })];
        var rows = new WavyRows(map.Width, map.Height);
        var measured = new SceneMeasurer(map, ground, threads).Measure(
            rules.Index, orders, _ => rows, (_, _) => null);
        var naive = new NaiveAreas(rows);
        var (compared, differing) = (0L, 0L);
        foreach (var (order, measurement) in measured.Where(entry => entry.Key.Area % Every == 0))
        {
            var (found, clear) = naive.Count(shapes[order.Area]);
            compared += clear;
            differing += Difference(measurement.ClassSquareMetres, found);
            differing += Difference(measurement.ClearSquareMetres, clear);
        }

        return measured.Count == shapes.Length && differing * 10_000.0 <= MostPerTenThousand * compared
            ? (compared, differing)
            : throw new InvalidOperationException(
                $"{measured.Count} areas measured; {differing} of {compared} pixels differ from a plain count.");
    }

    private static long Difference(double squareMetres, long pixels) =>
        Math.Abs((long)Math.Round(squareMetres / SquareMetresOfPixel) - pixels);

    // As a file says it, so that what its check makes of it is measured, too.
    private static AlertRule Named(ImmutableArray<AreaOfInterest> areas)
    {
        var draft = new RuleDraft("bench")
        {
            Id = "bench",
            Areas = [.. areas.Select(area => area.Id.Value)],
            Class = "water",
            Metric = "area",
            Enter = 5,
            Exit = 2,
            Severity = "moderate",
        };
        return RuleChecker.Check([draft], areas).Rules.Single();
    }
}
