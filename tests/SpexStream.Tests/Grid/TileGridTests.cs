using SpexStream.Domain.Grid;
using Xunit;

namespace SpexStream.Tests.Grid;

public sealed class TileGridTests
{
    [Fact]
    public void Tiles_cover_every_pixel_once()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var grid = new TileGrid(random.Next(1, 700), random.Next(1, 700), 64 << random.Next(3), random.Next(4));
            var hits = new byte[grid.Width * grid.Height];
            foreach (var tile in grid.All())
            {
                var core = grid.Core(tile);
                Assert.True(grid.Bounds.Contains(core));
                Assert.True(grid.WithHalo(tile).Contains(core));
                for (var row = core.Row; row < core.Bottom; row++)
                {
                    foreach (ref var hit in hits.AsSpan((row * grid.Width) + core.Column, core.Width))
                    {
                        hit++;
                    }
                }
            }

            Assert.All(hits, hit => Assert.Equal(1, hit));
            Assert.Equal(grid.Count, grid.All().Distinct().Count());
        }
    }

    [Fact]
    public void A_tile_is_the_same_whatever_the_height_of_the_scene() =>
        Assert.Equal(new TileGrid(500, 5000, 256, 2).Core(new(1, 2)), new TileGrid(500, 900, 256, 2).Core(new(1, 2)));

    [Theory]
    [InlineData(0, 10, 256, 2)]
    [InlineData(10, 0, 256, 2)]
    [InlineData(10, 10, 255, 2)]
    [InlineData(10, 10, 32, 2)]
    [InlineData(10, 10, 8192, 2)]
    [InlineData(10, 10, 256, -1)]
    public void Values_out_of_range_are_refused(int width, int height, int tile, int halo) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TileGrid(width, height, tile, halo));
}
