using SpexStream.Domain.Grid;
using SpexStream.Raster;
using Xunit;

namespace SpexStream.Tests.Grid;

public sealed class GroundMapTests
{
    private const double WantedPixels = 0.01;
    private static readonly GdalCoordinateTransforms Transforms = new();

    [Theory]
    [InlineData("EPSG:32633", 399_960, 10, 0, 5_100_000, 0, -10)]
    [InlineData("EPSG:32633", 399_960, 0.3, 0, 5_100_000, 0, -0.3)]
    [InlineData("EPSG:32633", 399_960, 300, 0, 8_900_000, 0, -300)]
    [InlineData("EPSG:32633", 399_960, 8.7, 5, 5_100_000, 5, -8.7)]
    [InlineData("EPSG:3857", -13_651_650, 30, 0, 4_576_290, 0, -30)]
    [InlineData("EPSG:3857", 1_000_000, 100, 0, 18_000_000, 0, -100)]
    [InlineData("EPSG:3031", -500_000, 200, 0, 400_000, 0, -200)]
    [InlineData("EPSG:32601", 360_000, 60, 0, 7_800_000, 0, -60)]
    public void It_is_true_to_a_hundredth_of_a_pixel(
        string crs, double x, double columnX, double rowX, double y, double columnY, double rowY)
    {
        var grid = new Affine(x, columnX, rowX, y, columnY, rowY);
        var system = Transforms.Parse(crs);
        var map = GroundMap.Create(2600, 1900, grid, system, Transforms)!;
        using var exact = Transforms.ToLonLat(system);
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var (column, row) = (random.NextDouble() * 2600, random.NextDouble() * 1900);
            var here = map.At(column, row);
            var pixel = Degrees(here, map.At(column + 1, row));
            var (px, py) = grid.ToCrs(column, row);
            double[] lon = [px];
            double[] lat = [py];
            exact.ToLonLat(lon, lat);
            var error = Degrees(here, new(lon[0], lat[0])) / pixel;
            Assert.True(error < WantedPixels, $"{crs}: {error} pixel off at column {column}, row {row}");
        }
    }

    [Theory]
    [InlineData("EPSG:32633", 399_960, 8.7, 5, 5_100_000, 5, -8.7)]
    [InlineData("EPSG:3031", -500_000, 200, 0, 400_000, 0, -200)]
    [InlineData("EPSG:4326", -76.7, 9e-5, 0, 34.7, 0, -7e-5)]
    public void Many_corners_at_once_are_the_very_numbers_of_one_after_the_other(
        string crs, double x, double columnX, double rowX, double y, double columnY, double rowY)
    {
        var map = GroundMap.Create(
            2600, 1900, new(x, columnX, rowX, y, columnY, rowY), Transforms.Parse(crs), Transforms)!;
        var random = new Random(8);
        int[] corners = [0, 0, 2600, 1900,
            .. Enumerable.Range(0, 4000).Select(i => random.Next((i % 2 == 0 ? 2600 : 1900) + 1))];
        var positions = new double[corners.Length];
        map.At(corners, positions);
        Assert.Equal(
            corners.Chunk(2).Select(c => map.At(c[0], c[1])), positions.Chunk(2).Select(p => new LonLat(p[0], p[1])));
    }

    [Fact]
    public void A_geographic_grid_is_taken_as_it_is()
    {
        var grid = new Affine(-76.7, 9e-5, 0, 34.7, 0, -7e-5);
        var map = GroundMap.Create(100, 50, grid, Transforms.Parse("EPSG:4326"), Transforms)!;
        Assert.Equal(new LonLat(-76.7 + (33.5 * 9e-5), 34.7 - (12.25 * 7e-5)), map.At(33.5, 12.25));
    }

    [Fact]
    public void Longitudes_run_on_over_the_antimeridian()
    {
        var system = Transforms.Parse("EPSG:32601");
        // Zone 1 begins at 180 degrees; this grid begins west of it.
        var map = GroundMap.Create(7000, 500, new(100_000, 60, 0, 7_800_000, 0, -60), system, Transforms)!;
        var longitudes = Enumerable.Range(0, 7001).Select(column => map.At(column, 250).Longitude).ToArray();
        Assert.All(longitudes.Zip(longitudes.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 0.01));
        Assert.True(longitudes.Any(lon => Math.Abs(lon) > 180), "the scene was meant to cross 180 degrees");
    }

    [Fact]
    public void Without_georeference_there_is_no_map()
    {
        var utm = Transforms.Parse("EPSG:32633");
        Assert.Null(GroundMap.Create(10, 10, null, utm, Transforms));
        Assert.Null(GroundMap.Create(10, 10, Affine.Identity, null, Transforms));
        Assert.Null(GroundMap.Create(10, 10, new(0, 0, 0, 0, 0, 0), utm, Transforms));
    }

    [Fact]
    public void The_footprint_begins_at_the_upper_left_and_runs_along_the_upper_edge()
    {
        var map = GroundMap.Create(20, 10, new(5, 1, 0, 50, 0, -1), Transforms.Parse("EPSG:4326"), Transforms)!;
        Assert.Equal([new(5, 50), new(25, 50), new(25, 40), new(5, 40)], map.Footprint());
    }

    private static double Degrees(LonLat a, LonLat b)
    {
        var around = a.Longitude - b.Longitude;
        around -= 360 * Math.Round(around / 360);
        var east = around * Math.Cos(a.Latitude * Math.PI / 180);
        return Math.Sqrt((east * east) + ((a.Latitude - b.Latitude) * (a.Latitude - b.Latitude)));
    }
}
