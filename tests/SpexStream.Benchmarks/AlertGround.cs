using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Scenes;
using SpexStream.Raster;

namespace SpexStream.Benchmarks;

/// <summary>Areas to be watched, side by side on a UTM scene of 10 m: stars, each with a hole that is one.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Map">Where its pixels lie.</param>
/// <param name="Area">How much ground they cover.</param>
/// <param name="Shapes">The areas on its grid.</param>
/// <param name="Rules">One rule in all of them.</param>
internal sealed record AlertGround(
    SceneSpec Scene, GroundMap Map, PlanarPixelArea Area, PixelRings[] Shapes, RuleSet Rules)
{
    public static readonly DateTimeOffset Sensed = new(2026, 5, 1, 10, 0, 0, TimeSpan.Zero);

    /// <summary>So many areas, whose rings have so many corners, on a scene of so many rows and columns.</summary>
    public static AlertGround Make(int count, int side, int corners = 24)
    {
        var transforms = new GdalCoordinateTransforms();
        var (grid, crs) = (new Affine(499_960, 10, 0, 5_300_000, 0, -10), transforms.Parse("EPSG:32633"));
        var map = GroundMap.Create(side, side, grid, crs, transforms)!;
        var shapes = ShapesOf(side, count, corners);
        return new(SceneOf(side, grid, crs), map, new(grid, 1), shapes, new([Water], new(Areas(map, shapes))));
    }

    private static AlertRule Water { get; } = new()
    {
        Id = RuleId.Parse("bench"),
        Areas = [],
        Class = LandCoverClass.Water,
        Metric = AlertMetric.Area,
        Enter = 5,
        Exit = 2,
        Severities = [new(5, AlertSeverity.Moderate)],
    };

    private static SceneSpec SceneOf(int side, Affine grid, CoordinateSystem crs) => new()
    {
        Id = SceneId.Parse("bench"),
        Platform = PlatformId.Parse("bench"),
        SensedFrom = Sensed,
        SensedTo = Sensed,
        Imagery = new(
            new BandSet(["green", "nir"]), PixelType.UInt16,
            new Radiometry(RadiometryLevel.SurfaceReflectance, [1, 1], [0, 0]), [null, null], double.NaN),
        Width = side,
        Height = side,
        Transform = grid,
        Crs = crs,
        StripCount = 1,
    };

    private static PixelRings[] ShapesOf(int side, int count, int corners)
    {
        var random = new Random(91);
        var across = (int)Math.Ceiling(Math.Sqrt(count));
        var cell = (double)side / across;
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (x, y) = (((i % across) + 0.5) * cell, ((i / across) + 0.5) * cell);
            return new PixelRings([Star(cell * 0.6), Star(cell * 0.1)]);

            (double X, double Y)[] Star(double radius) =>
            [
                .. Enumerable.Range(0, corners).Select(corner =>
                {
                    var (angle, length) = (
                        Math.Tau * corner / corners, radius * (0.6 + (0.4 * random.NextDouble())));
                    return (x + (length * Math.Cos(angle)), y + (length * Math.Sin(angle)));
                }),
            ];
        })];
    }

    private static ImmutableArray<AreaOfInterest> Areas(GroundMap map, PixelRings[] shapes) =>
        [.. shapes.Select((shape, i) =>
        {
            var polygon = AreaPolygon.Of([.. shape.Rings.Select(ring => Closed(map, ring))])!;
            var id = AreaId.Parse(string.Create(CultureInfo.InvariantCulture, $"a{i}"));
            return new AreaOfInterest(id, id.Value, [polygon]);
        })];

    private static ImmutableArray<LonLat> Closed(GroundMap map, (double X, double Y)[] ring) =>
        [.. ring.Append(ring[0]).Select(corner => map.At(corner.X, corner.Y))];
}
