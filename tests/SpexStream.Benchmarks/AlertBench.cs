using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Regions;
using SpexStream.Raster;

namespace SpexStream.Benchmarks;

/// <summary>
/// alerts AREAS SIDE THREADS ROUNDS: one rule on so many areas (stars of 24 corners with a hole, side by side on a UTM
/// scene of 10 m): which areas lie on the scene, what it says of them, and what that does to their alerts. Packing the
/// areas, once per change of their file, is timed apart.
/// </summary>
internal static class AlertBench
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 10, 0, 0, TimeSpan.Zero);

    public static void Run(string[] arguments)
    {
        int[] numbers = [.. arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var (count, side, threads, rounds) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        var transforms = new GdalCoordinateTransforms();
        var grid = new Affine(499_960, 10, 0, 5_300_000, 0, -10);
        var map = GroundMap.Create(side, side, grid, transforms.Parse("EPSG:32633"), transforms)!;
        var areas = Areas(map, count);
        var rules = new RuleSet([Rule()], new(areas));
        var (measured, facts) = (0, 0);
        var seconds = Rounds.Interleave(
            rounds,
            () => (measured, facts) = Evaluate(rules, map, new PlanarPixelArea(grid, 1), threads),
            () => _ = new AreaIndex(areas));
        Json.Print(
            ("seconds", seconds[0]), ("index_seconds", seconds[1]), ("areas", areas.Length), ("measured", measured),
            ("facts", facts));
    }

    private static (int Measured, int Facts) Evaluate(RuleSet rules, GroundMap map, PlanarPixelArea ground, int threads)
    {
        var orders = rules.OrdersFor(rules.Index.On(map));
        var measured = new SceneMeasurer(map, ground, threads).Measure(
            rules.Index, orders, _ => new WavyRows(map.Width, map.Height), (_, _) => null);
        var facts = 0;
        foreach (var (order, measurement) in measured)
        {
            var pass = new AreaPass(SceneId.Parse("bench"), 1, Now, "spectral", measurement);
            var state = new AlertState(rules.Rules[0].Id, rules.Index.Areas[order.Area].Id);
            facts += AlertLife.Step(rules.Rules[0], state, new AlertInput.Observed(pass), Now).Facts.Length;
        }

        return (measured.Count, facts);
    }

    private static ImmutableArray<AreaOfInterest> Areas(GroundMap map, int count)
    {
        var random = new Random(91);
        var across = (int)Math.Ceiling(Math.Sqrt(count));
        var cell = (double)map.Width / across;
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (x, y) = (((i % across) + 0.5) * cell, ((i / across) + 0.5) * cell);
            var polygon = AreaPolygon.Of([Star(map, random, x, y, cell * 0.6), Star(map, random, x, y, cell * 0.1)])!;
            var id = AreaId.Parse(string.Create(CultureInfo.InvariantCulture, $"a{i}"));
            return new AreaOfInterest(id, id.Value, [polygon]);
        })];
    }

    private static ImmutableArray<LonLat> Star(GroundMap map, Random random, double x, double y, double radius)
    {
        LonLat[] ring = [.. Enumerable.Range(0, 24).Select(i =>
        {
            var (angle, length) = (Math.Tau * i / 24, radius * (0.6 + (0.4 * random.NextDouble())));
            return map.At(x + (length * Math.Cos(angle)), y + (length * Math.Sin(angle)));
        })];
        return [.. ring, ring[0]];
    }

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

    // Meandering water with cloud: about one run every 40 pixels.
    private sealed class WavyRows(int width, int height) : IClassRows
    {
        public int Width => width;

        public int Height => height;

        public void Read(int row, RunBand band)
        {
            var random = (uint)row * 2654435761;
            for (var (column, i) = (0, 0); column < width; i++)
            {
                random = (random * 1664525) + 1013904223;
                column = Math.Min(width, column + 20 + (int)(random >> 26));
                band.Add(column, (i % 7) == 6 ? GroundState.Unseen : (GroundState)(i & 1));
            }
        }
    }
}
