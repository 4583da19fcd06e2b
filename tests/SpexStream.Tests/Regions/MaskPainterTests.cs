using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;
using Xunit;

namespace SpexStream.Tests.Regions;

public sealed class MaskPainterTests
{
    [Theory]
    [InlineData(64, 32)]
    [InlineData(128, 48)]
    [InlineData(256, 256)]
    public void Blocks_put_together_are_the_mask_without_dropped_regions(int tileSize, int blockSize)
    {
        var mask = Mask.Noise(701, 200, 170, 0.3);
        var filter = new RegionFilter(true, 3);
        using var scene = new LabelledScene(mask, tileSize, filter);
        var painted = new byte[mask.Width * mask.Height];
        var painter = new MaskPainter(scene.Regions.Of(LandCoverClass.Water));
        foreach (var tile in scene.Grid.All().Select(scene.Read))
        {
            for (var row = 0; row < tile.Core.Height; row += blockSize)
            {
                for (var column = 0; column < tile.Core.Width; column += blockSize)
                {
                    var block = new PixelWindow(column, row, blockSize, blockSize)
                        .Intersect(new(0, 0, tile.Core.Width, tile.Core.Height));
                    var at = ((tile.Core.Row + row) * mask.Width) + tile.Core.Column + column;
                    painter.Paint(tile, block, painted.AsSpan(at), mask.Width);
                }
            }
        }

        Assert.Equal(Expected(mask), painted);
    }

    private static byte[] Expected(Mask mask)
    {
        var expected = new byte[mask.Width * mask.Height];
        for (var i = 0; i < expected.Length; i++)
        {
            expected[i] = CoverCode.ToMask(mask[i % mask.Width, i / mask.Width], LandCoverClass.Water);
        }

        foreach (var region in ReferenceRegion.Find(mask, LandCoverClass.Water))
        {
            foreach (var (column, row) in region.Pixels.Where(_ => !region.HasSeed || region.Pixels.Count < 3))
            {
                expected[(row * mask.Width) + column] = MaskCode.No;
            }
        }

        return expected;
    }
}
