using SpexStream.Domain.Grid;
using Xunit;

namespace SpexStream.Tests.Grid;

public sealed class AffineTests
{
    [Fact]
    public void Pixel_to_crs_and_back_is_the_same_place()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var turn = random.NextDouble() * 2 * Math.PI;
            var (sine, cosine) = Math.SinCos(turn);
            var grid = new Affine(
                random.NextDouble() * 1e6, 10 * cosine, 8 * sine, random.NextDouble() * 1e7, 10 * sine, -8 * cosine);
            var (column, row) = (random.NextDouble() * 5000, random.NextDouble() * 5000);
            var (x, y) = grid.ToCrs(column, row);
            var (c, r) = grid.ToPixel(x, y);
            Assert.Equal((column, row), (c, r), Near);
            var (u, v) = grid.Shifted(12, 34).ToCrs(column - 12, row - 34);
            Assert.Equal((x, y), (u, v), Near);
        }
    }

    [Fact]
    public void A_grid_with_rows_going_south_is_axis_aligned_and_mirrored()
    {
        var north = new Affine(0, 10, 0, 0, 0, -10);
        Assert.True(north.IsAxisAligned);
        Assert.Equal(-100, north.Determinant);
        Assert.False((north with { RowX = 1e-9 }).IsAxisAligned);
    }

    private static bool Near((double X, double Y) a, (double X, double Y) b) =>
        Math.Abs(a.X - b.X) < 1e-6 && Math.Abs(a.Y - b.Y) < 1e-6;
}
