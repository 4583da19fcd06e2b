using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;
using SpexStream.Tests.Regions;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class AreaComparerTests
{
    private static readonly Affine Grid = new(10, 0.001, 0, 50, 0, -0.001);
    private readonly PlanarPixelArea _unit = new(Affine.Identity, 1);

    [Theory]
    [InlineData(51)]
    [InlineData(52)]
    [InlineData(53)]
    public void It_says_what_asking_every_pixel_says(int seed)
    {
        var random = new Random(seed);
        var (now, before) = (Mask.Noise(seed, 90, 80, 0.4), Mask.Noise(seed + 100, 70, 60, 0.5));
        // An older grid with coarser, turned pixels that covers the newer one in part.
        var olderGrid = new Affine(10.0101237, 0.00131234, 0.00020717, 49.9901371, -0.00010313, -0.00121931);
        var map = Places.Degrees(90, 80, Grid);
        var mapping = new AffineMapping(Grid, olderGrid);
        var area = new SpanFiller(map).Fill(Places.Area("a", [.. Enumerable.Range(0, 6).Select(_ =>
            map.At(random.NextDouble() * 90, random.NextDouble() * 80))]))!;
        var change = Compare(now, before, mapping, area);
        var expected = new double[9];
        var (newer, older) = (new MaskRows(now), new MaskRows(before));
        foreach (var run in area.Runs)
        {
            for (var column = run.Start; column < run.End; column++)
            {
                var (x, y) = Grid.ToCrs(column + 0.5, run.Row + 0.5);
                var (olderColumn, olderRow) = olderGrid.ToPixel(x, y);
                var state = older.State((int)Math.Floor(olderColumn), (int)Math.Floor(olderRow));
                expected[(3 * (int)newer.State(column, run.Row)) + (int)state]++;
            }
        }

        Assert.Equal(
            [expected[1], expected[3], expected[4], expected[5], expected[7]],
            [change.Lost, change.Gained, change.Stayed, change.PerhapsGained, change.PerhapsLost]);
        Assert.Equal(expected[0] + expected[1] + expected[3] + expected[4], change.Compared);
        Assert.Equal(area.Pixels / area.ShareOnScene, change.Compared + change.Unseen, 1e-9);
    }

    [Fact]
    public void Gained_and_lost_ground_is_outlined_on_the_newer_grid_the_largest_first()
    {
        var before = Mask.Parse("##......", "##......", "........", "........");
        var now = Mask.Parse(".#......", "....###.", "....###.", "......##");
        var change = Compare(now, before, new AffineMapping(Grid, Grid), Everything(8, 4));
        Assert.Equal((8.0, 3.0, 1.0), (change.Gained, change.Lost, change.Stayed));
        Assert.Equal(8, Assert.Single(change.GainedPatches).Pixels);
        Assert.Equal(3, change.LostPatches.Sum(patch => patch.Pixels));
        Assert.False(change.OutlinesAreIncomplete);
    }

    [Fact]
    public void Ground_that_one_pass_did_not_see_is_neither_gained_nor_lost()
    {
        var before = Mask.Parse("xxxx####", "xxxx####");
        var now = Mask.Parse("####xxxx", "####xxxx");
        var change = Compare(now, before, new AffineMapping(Grid, Grid), Everything(8, 2));
        Assert.Equal((0.0, 0.0, 0.0), (change.Gained, change.Lost, change.Compared));
        Assert.Equal((8.0, 8.0), (change.PerhapsGained, change.PerhapsLost));
        // 2000 x 2000 pixels would hold the area.
        Assert.Equal(4e6, change.Unseen, 1);
    }

    [Fact]
    public void More_pieces_than_outlines_are_said_to_be_incomplete()
    {
        var now = Mask.Parse(Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? "#.#.#.#." : "........").ToArray());
        var change = Compare(now, new Mask(8, 12), new AffineMapping(Grid, Grid), Everything(8, 12));
        Assert.Equal(AreaComparer.MaxOutlines, change.GainedPatches.Length);
        Assert.True(change.OutlinesAreIncomplete);
        Assert.Equal(24, change.Gained);
    }

    [Fact]
    public void Grids_of_different_projections_meet_on_the_same_ground()
    {
        var newer = Places.Projected(200, 150, new(499_960, 30, 0, 5_300_000, 0, -30), "EPSG:32633");
        var older = Places.Projected(300, 300, new(45_000, 31, 3, 5_317_000, 3, -31), "EPSG:32634");
        var mapping = new GroundMapping(newer, older);
        for (var i = 0; i < 50; i++)
        {
            var (column, row) = (i * 4.0, i * 3.0);
            var place = mapping.Map(column, row)!.Value;
            var (here, there) = (newer.At(column, row), older.At(place.X, place.Y));
            Assert.Equal(here.Longitude, there.Longitude, 1e-8);
            Assert.Equal(here.Latitude, there.Latitude, 1e-8);
        }
    }

    private ChangeFigures Compare(Mask now, Mask before, IPixelMapping mapping, AreaSpans area)
    {
        var band = new RunBand();
        band.Load(new MaskRows(before), 0, before.Height);
        var newer = new RunBand();
        newer.Load(new MaskRows(now), 0, now.Height);
        return new AreaComparer(_unit, Sizes).Compare(newer, new(band, mapping), area);
    }

    private static ImmutableArray<ChangePatch> Sizes(ImmutableArray<RegionOutline> outlines) =>
        [.. outlines.Select(outline => new ChangePatch((long)outline.Area, new([])))];

    private static AreaSpans Everything(int width, int height) =>
        new SpanFiller(Places.Degrees(width, height, Grid)).Fill(Places.Area("all", Places.Box(9, 49, 11, 51)))!;
}
