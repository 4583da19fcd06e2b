using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Grid;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class MappedRowsTests
{
    [Theory]
    [InlineData(81)]
    [InlineData(82)]
    [InlineData(83)]
    public void All_pixels_of_a_part_lie_on_the_rows_that_are_read(int seed)
    {
        var random = new Random(seed);
        var newer = Places.Projected(400, 300, new(499_960, 30, 0, 5_300_000, 0, -30), "EPSG:32633");
        var older = Places.Projected(600, 600, new(45_000, 31, 3, 5_317_000, 3, -31), "EPSG:32634");
        var mapping = new GroundMapping(newer, older);
        var part = new PixelWindow(random.Next(100), random.Next(100), 1 + random.Next(300), 1 + random.Next(200));
        var (first, end) = MappedRows.Under(mapping, part, 600);
        for (var i = 0; i < 2000; i++)
        {
            var place = mapping.Map(
                part.Column + (random.NextDouble() * part.Width), part.Row + (random.NextDouble() * part.Height));
            Assert.InRange(Math.Clamp(Math.Floor(place!.Value.Y), 0, 599), first, end - 1);
        }

        Assert.InRange(end - first, 0, (int)(1.3 * part.Height) + 60);
    }

    [Fact]
    public void Grids_that_do_not_meet_share_no_row() => Assert.Equal(
        0,
        MappedRows.Under(
            new AffineMapping(Affine.Identity, Affine.Identity.Shifted(0, 5000)), new(0, 0, 100, 100), 1000) switch
        {
            var (first, end) => end - first,
        });

    [Fact]
    public void Where_it_cannot_be_told_all_rows_are_read() =>
        Assert.Equal((0, 70), MappedRows.Under(new Nowhere(), new(0, 0, 10, 10), 70));

    private sealed class Nowhere : IPixelMapping
    {
        public int StraightColumns => 1;

        public PixelPoint? Map(double column, double row) => null;
    }
}
