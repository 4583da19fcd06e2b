using System.Collections.Immutable;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using Xunit;

namespace SpexStream.Tests.Regions;

public sealed class LeastRectangleTests
{
    [Theory]
    [InlineData(401, 0.3)]
    [InlineData(402, 0.38)]
    [InlineData(403, 0.5)]
    [InlineData(404, 0.7)]
    public void The_rectangle_holds_the_region_and_no_smaller_one_does(int seed, double density)
    {
        using var scene = new LabelledScene(Mask.Noise(seed, 120, 100, density), 64);
        var reader = scene.Reader();
        for (var rank = 0; rank < reader.Count; rank++)
        {
            var box = reader.Rectangle(rank);
            var geometry = Geometries.Of(reader.Outline(rank));
            Assert.Equal(SmallestArea(geometry), Area(box), 6);
            Assert.All(geometry.Coordinates, corner => Assert.True(IsInside(box, corner)));
        }
    }

    [Fact]
    public void A_block_has_its_own_corners_clockwise_from_the_upper_left()
    {
        using var scene = new LabelledScene(Block(10, 20, 30, 5), 64);
        Assert.Equal(
            [new PixelPoint(10, 20), new(40, 20), new(40, 25), new(10, 25)],
            scene.Reader().Rectangle(0).AsEnumerable());
    }

    [Fact]
    public void A_diagonal_line_has_a_tilted_rectangle()
    {
        var mask = new Mask(64, 64);
        mask.Each((x, y) => x == y && x is >= 10 and < 20 ? CoverCode.Water : CoverCode.Land);
        using var scene = new LabelledScene(mask, 64);
        // Around the corners (10,11)..(19,20) and (11,10)..(20,19): ten times sqrt 2 by sqrt 2.
        Assert.Equal(20, Area(scene.Reader().Rectangle(0)), 9);
    }

    private static Mask Block(int column, int row, int width, int height)
    {
        var mask = new Mask(64, 64);
        mask.Each((x, y) => x >= column && x < column + width && y >= row && y < row + height
            ? CoverCode.Water : CoverCode.Land);
        return mask;
    }

    // Every side of the hull in turn, and all points measured against it.
    private static double SmallestArea(Geometry geometry)
    {
        var hull = new NetTopologySuite.Algorithm.ConvexHull(geometry).GetConvexHull().Coordinates;
        var least = double.MaxValue;
        for (var i = 0; i + 1 < hull.Length; i++)
        {
            var (dx, dy) = (hull[i + 1].X - hull[i].X, hull[i + 1].Y - hull[i].Y);
            var along = hull.Select(p => (p.X * dx) + (p.Y * dy)).ToList();
            var across = hull.Select(p => (p.X * dy) - (p.Y * dx)).ToList();
            var area = (along.Max() - along.Min()) * (across.Max() - across.Min()) / ((dx * dx) + (dy * dy));
            least = Math.Min(least, area);
        }

        return least;
    }

    private static double Area(ImmutableArray<PixelPoint> box) =>
        Math.Sqrt(Square(box[0], box[1])) * Math.Sqrt(Square(box[1], box[2]));

    private static double Square(PixelPoint a, PixelPoint b) =>
        ((b.X - a.X) * (b.X - a.X)) + ((b.Y - a.Y) * (b.Y - a.Y));

    private static bool IsInside(ImmutableArray<PixelPoint> box, Coordinate point) =>
        Enumerable.Range(0, 4).All(i =>
        {
            var (a, b) = (box[i], box[(i + 1) % 4]);
            return ((b.X - a.X) * (point.Y - a.Y)) - ((b.Y - a.Y) * (point.X - a.X)) >= -1e-6;
        });
}
