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
/// alerts AREAS SIDE THREADS ROUNDS: one rule on so many areas (stars of 24 corners with a hole, side by side on a UTM
/// scene of 10 m): which areas lie on the scene, what it says of them, and what that does to their alerts. Packing the
/// areas, once per change of their file, is timed apart, and so is a rule that names each of them, and the comparison
/// of all of them with an earlier pass. Before, every twentieth area is counted pixel by pixel.
/// </summary>
internal static class AlertBench
{
    private const int SquareMetresOfPixel = 100;
    // Edges are straight in degrees for the program and on the grid for who counts, and its map of the ground is true
    // to a hundredth of a pixel: at most so many pixels in ten thousand lie between the two.
    private const double MostPerTenThousand = 5;
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 10, 0, 0, TimeSpan.Zero);

    public static void Run(string[] arguments)
    {
        int[] numbers = [.. arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var (count, side, threads, rounds) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        var transforms = new GdalCoordinateTransforms();
        var grid = new Affine(499_960, 10, 0, 5_300_000, 0, -10);
        var map = GroundMap.Create(side, side, grid, transforms.Parse("EPSG:32633"), transforms)!;
        var shapes = Shapes(side, count);
        var areas = Areas(map, shapes);
        var rules = new RuleSet([Rule()], new(areas));
        var (compared, differing) = Compare(rules, map, new PlanarPixelArea(grid, 1), threads, shapes);
        var (measured, facts, namedFacts, outlined) = (0, 0, 0, 0);
        var seconds = Rounds.Interleave(
            rounds,
            () => (measured, facts) = Evaluate(rules, map, new PlanarPixelArea(grid, 1), threads),
            () => _ = new AreaIndex(areas),
            () => (_, namedFacts) = Evaluate(
                rules with { Rules = [Named(areas)] }, map, new PlanarPixelArea(grid, 1), threads),
            () => Named(areas),
            () => outlined = ChangeBench.Compare(
                rules.Index, map, new(grid, 1), new WavyRows(side, side), new WavyRows(side, side, 1),
                threads));
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
            book, SceneId.Parse("bench"), [new(1, Now, "spectral", null, [.. readings])], null);
        return (measured.Count, work.Sum(each => AlertLife
            .Step(each.Rule, book.StateOf(each.Rule.Id, each.Area), each.Input, Now).Facts.Length));
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

    private static PixelRings[] Shapes(int side, int count)
    {
        var random = new Random(91);
        var across = (int)Math.Ceiling(Math.Sqrt(count));
        var cell = (double)side / across;
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (x, y) = (((i % across) + 0.5) * cell, ((i / across) + 0.5) * cell);
            return new PixelRings([Star(random, x, y, cell * 0.6), Star(random, x, y, cell * 0.1)]);
        })];
    }

    private static (double X, double Y)[] Star(Random random, double x, double y, double radius) =>
        [.. Enumerable.Range(0, 24).Select(i =>
        {
            var (angle, length) = (Math.Tau * i / 24, radius * (0.6 + (0.4 * random.NextDouble())));
            return (x + (length * Math.Cos(angle)), y + (length * Math.Sin(angle)));
        })];

    private static ImmutableArray<AreaOfInterest> Areas(GroundMap map, PixelRings[] shapes) =>
        [.. shapes.Select((shape, i) =>
        {
            var polygon = AreaPolygon.Of([.. shape.Rings.Select(ring => Closed(map, ring))])!;
            var id = AreaId.Parse(string.Create(CultureInfo.InvariantCulture, $"a{i}"));
            return new AreaOfInterest(id, id.Value, [polygon]);
        })];

    private static ImmutableArray<LonLat> Closed(GroundMap map, (double X, double Y)[] ring) =>
        [.. ring.Append(ring[0]).Select(corner => map.At(corner.X, corner.Y))];

    private static AlertRule Rule() => new()
    {
        Id = RuleId.Parse("bench"),
        Areas = [],
        Class = LandCoverClass.Water,
        Metric = AlertMetric.Area,
        Enter = 5,
        Exit = 2,
        Severities = [new(5, AlertSeverity.Moderate)],
    };

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

    // Meandering water with cloud: about one run every 40 pixels.
    private sealed class WavyRows(int width, int height, int seed = 0) : IClassRows
    {
        public int Width => width;

        public int Height => height;

        public void Read(int row, RunBand band)
        {
            var random = (uint)((row + (seed * 7919)) * 2654435761L);
            for (var (column, i) = (0, 0); column < width; i++)
            {
                random = (random * 1664525) + 1013904223;
                column = Math.Min(width, column + 20 + (int)(random >> 26));
                band.Add(column, (i % 7) == 6 ? GroundState.Unseen : (GroundState)(i & 1));
            }
        }
    }
}
