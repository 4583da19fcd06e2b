using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;
using Xunit;

namespace SpexStream.Tests.Regions;

public sealed class TileRunsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(66)]
    [InlineData(127)]
    [InlineData(128)]
    public void Runs_give_back_every_code_for_any_width(int width)
    {
        foreach (var density in new[] { 0.0, 0.1, 0.5, 1.0 })
        {
            var mask = Mask.Noise(800 + width, width, 20, density);
            var runs = Scan(mask);
            var identity = Enumerable.Range(0, 256).Select(code => (byte)code).ToArray();
            var codes = new byte[width * 20];
            runs.Fill(new(0, 0, width, 20), identity, codes, width);
            Assert.Equal(Enumerable.Range(0, codes.Length).Select(i => mask[i % width, i / width]), codes);
            AssertMaximal(runs);
        }
    }

    [Fact]
    public void Codes_are_counted_row_by_row()
    {
        var runs = Scan(Mask.Parse("..##xx", "######", "......"));
        var counts = new long[256];
        runs.AddCounts(0, 1, counts);
        Assert.Equal((2, 2, 2), (counts[CoverCode.Land], counts[CoverCode.Water], counts[CoverCode.Nodata]));
        runs.AddCounts(1, 2, counts);
        Assert.Equal((8, 8, 2), (counts[CoverCode.Land], counts[CoverCode.Water], counts[CoverCode.Nodata]));
    }

    [Fact]
    public void A_block_outside_of_the_tile_is_refused()
    {
        var runs = TileRuns.Uniform(10, 5, CoverCode.TileFailed);
        var target = new byte[100];
        Assert.Throws<ArgumentException>(() => runs.Fill(new(5, 0, 6, 1), new byte[256], target, 10));
    }

    private static TileRuns Scan(Mask mask)
    {
        var grid = new TileGrid(mask.Width, mask.Height, 128, 0);
        return LabelledScene.LabelTile(new TileLabeller(grid, [], []), grid, mask, new TileIndex(0, 0)).Runs;
    }

    private static void AssertMaximal(TileRuns runs)
    {
        for (var row = 0; row < runs.Height; row++)
        {
            for (var run = runs.RowFirst[row] + 1; run < runs.RowFirst[row + 1]; run++)
            {
                Assert.NotEqual(runs.Codes[run - 1], runs.Codes[run]);
            }
        }
    }
}
