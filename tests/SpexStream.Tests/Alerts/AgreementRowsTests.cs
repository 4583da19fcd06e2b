using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;
using SpexStream.Pipeline.Alerts;
using SpexStream.Pipeline.Scenes;
using SpexStream.Tests.Regions;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class AgreementRowsTests
{
    private const int Width = 150;
    private const int Height = 140;

    [Theory]
    [InlineData(51, false)]
    [InlineData(52, true)]
    public void Pixels_are_what_both_or_either_say_and_silence_counts_against_who_asks(int seed, bool either)
    {
        var (first, second) = (Mask.Noise(seed, Width, Height, 0.4), Mask.Noise(seed + 100, Width, Height, 0.5));
        var rows = new AgreementRows(new MaskRows(first), new MaskRows(second), either);
        var band = new RunBand();
        band.Load(rows, 0, Height);
        for (var row = 0; row < Height; row++)
        {
            for (var column = 0; column < Width; column++)
            {
                var (one, other) = (
                    new MaskRows(first).State(column, row), new MaskRows(second).State(column, row));
                var expected = one == GroundState.Unseen ? GroundState.Unseen
                    : one == GroundState.Yes ? either || other == GroundState.Yes ? GroundState.Yes : GroundState.No
                    : either && other != GroundState.No ? GroundState.Yes : GroundState.No;
                Assert.Equal(expected, band.Row(row).At(column));
            }
        }
    }

    [Fact]
    public void A_plane_gives_its_codes_back_and_partial_water_is_neither_the_class_nor_its_absence()
    {
        var mask = Mask.Noise(61, Width, Height, 0.4);
        var random = new Random(61);
        for (var i = 0; i < 2000; i++)
        {
            mask[random.Next(Width), random.Next(Height)] = CoverCode.PartialWater;
        }

        var grid = new TileGrid(Width, Height, 64, 0);
        var planes = grid.All().ToDictionary(tile => tile, tile => PlaneOf(mask, grid.Core(tile)));
        foreach (var value in new[] { LandCoverClass.Water, LandCoverClass.Vegetation })
        {
            var band = new RunBand();
            band.Load(new SecondRows(grid, tile => planes[tile], value), 0, Height);
            for (var row = 0; row < Height; row++)
            {
                for (var column = 0; column < Width; column++)
                {
                    var expected = value == LandCoverClass.Water && mask[column, row] == CoverCode.PartialWater
                        ? GroundState.Unseen : new MaskRows(mask, value).State(column, row);
                    Assert.Equal(expected, band.Row(row).At(column));
                }
            }
        }
    }

    [Fact]
    public void A_measurer_that_is_asked_again_measures_the_same()
    {
        var grid = new Affine(10, 0.001, 0, 50, 0, -0.001);
        var map = Places.Degrees(Width, Height, grid);
        var index = new Domain.Alerts.Areas.AreaIndex(
        [
            Places.Area("a", Places.Box(10, 49.9, 10.1, 50)), Places.Area("b", Places.Box(10.05, 49.88, 10.14, 49.97)),
        ]);
        var mask = Mask.Noise(71, Width, Height, 0.4);
        MeasureOrder[] orders = [.. Enumerable.Range(0, 2).Select(area =>
            new MeasureOrder(area, LandCoverClass.Water, 0, null))];
        var measurer = new SceneMeasurer(map, new EllipsoidalPixelArea(grid), 2);
        var alone = measurer.Measure(index, [orders[1]], _ => new MaskRows(mask), (_, _) => null);
        var all = measurer.Measure(index, orders, _ => new MaskRows(mask), (_, _) => null);
        var fresh = new SceneMeasurer(map, new EllipsoidalPixelArea(grid), 2).Measure(
            index, orders, _ => new MaskRows(mask), (_, _) => null);
        Assert.Equal(alone[orders[1]], all[orders[1]]);
        Assert.Equal(fresh[orders[0]], all[orders[0]]);
        Assert.True(all[orders[0]].ClassSquareMetres > 0);
    }

    private static unsafe byte[] PlaneOf(Mask mask, PixelWindow core)
    {
        var codes = new byte[core.Width * core.Height];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = mask[core.Column + (i % core.Width), core.Row + (i / core.Width)];
        }

        fixed (byte* first = codes)
        {
            return PlaneCodec.Pack(first, core, core.Width);
        }
    }
}
