using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;
using Xunit;

namespace SpexStream.Tests.Regions;

public sealed class ContourTracerTests
{
    [Theory]
    [InlineData(301, 0.2)]
    [InlineData(302, 0.4)]
    [InlineData(303, 0.55)]
    [InlineData(304, 0.75)]
    [InlineData(305, 0.95)]
    public void The_area_is_that_of_the_cells_between_the_filled_pixels(int seed, double density) =>
        AssertAreas(Mask.Noise(seed, 80, 70, density));

    [Theory]
    [MemberData(nameof(SpecialMasks.All), MemberType = typeof(SpecialMasks))]
    public void The_area_of_special_masks_is_that_of_the_cells(string name) => AssertAreas(SpecialMasks.Make(name));

    [Fact]
    public void A_block_encloses_the_square_between_its_outer_pixels()
    {
        var contour = new ContourTracer().Trace([new(10, 20, 25), new(11, 20, 25), new(12, 20, 25)]);
        Assert.Equal(2 * 4 * 2, contour.TwiceArea);
        Assert.Equal(new PixelCorner(22, 11), contour.Centroid);
    }

    [Fact]
    public void A_hole_counts_as_filled()
    {
        var contour = new ContourTracer().Trace([new(0, 0, 3), new(1, 0, 1), new(1, 2, 3), new(2, 0, 3)]);
        Assert.Equal(8, contour.TwiceArea);
        Assert.Equal(new PixelCorner(1, 1), contour.Centroid);
    }

    [Fact]
    public void A_line_has_no_area_and_no_centroid()
    {
        Assert.Null(new ContourTracer().Trace([new(5, 3, 9)]).Centroid);
        Assert.Null(new ContourTracer().Trace([new(5, 3, 4), new(6, 4, 5), new(7, 5, 6)]).Centroid);
    }

    [Fact]
    public void A_triangle_has_its_centroid_cut_to_whole_pixels()
    {
        // Pixel centres (0,0), (0,1), (1,1) ... (0,4)..(4,4): a right triangle of legs 4; its centroid is (4/3, 8/3).
        var contour = new ContourTracer().Trace([.. Enumerable.Range(0, 5).Select(y => new RegionRun(y, 0, y + 1))]);
        Assert.Equal(16, contour.TwiceArea);
        Assert.Equal(new PixelCorner(1, 2), contour.Centroid);
    }

    private static void AssertAreas(Mask mask)
    {
        using var scene = new LabelledScene(mask, 64);
        var reader = scene.Reader();
        var tracer = new ContourTracer();
        var last = long.MaxValue;
        for (var rank = 0; rank < reader.Count; rank++)
        {
            var area = tracer.Trace(reader.Runs(rank)).TwiceArea;
            var box = reader.Facts(rank).Bounds;
            Assert.Equal(TwiceCellArea(reader.Runs(rank), box), area);
            Assert.True(area <= last, "regions come with the largest contour first");
            last = area;
        }
    }

    // Four filled pixel centres around a cell enclose it, three enclose half of it, fewer none.
    private static long TwiceCellArea(ReadOnlySpan<RegionRun> runs, PixelWindow box)
    {
        var (width, height) = (box.Width, box.Height);
        var outside = Outside(runs, box);
        long area = 0;
        for (var y = 0; y <= height; y++)
        {
            for (var x = 0; x <= width; x++)
            {
                var filled = 4 - (outside[x, y] ? 1 : 0) - (outside[x + 1, y] ? 1 : 0)
                    - (outside[x, y + 1] ? 1 : 0) - (outside[x + 1, y + 1] ? 1 : 0);
                area += Math.Max(0, filled - 2);
            }
        }

        return area;
    }

    // Flood over 4 neighbours from a margin of one pixel around the region's box.
    private static bool[,] Outside(ReadOnlySpan<RegionRun> runs, PixelWindow box)
    {
        var (width, height) = (box.Width, box.Height);
        var inside = new bool[width + 2, height + 2];
        foreach (var run in runs)
        {
            for (var x = run.Start; x < run.End; x++)
            {
                inside[x - box.Column + 1, run.Row - box.Row + 1] = true;
            }
        }

        var outside = new bool[width + 2, height + 2];
        var open = new Stack<(int X, int Y)>([(0, 0)]);
        while (open.TryPop(out var p))
        {
            if (p.X < 0 || p.Y < 0 || p.X > width + 1 || p.Y > height + 1 || outside[p.X, p.Y] || inside[p.X, p.Y])
            {
                continue;
            }

            outside[p.X, p.Y] = true;
            open.Push((p.X - 1, p.Y));
            open.Push((p.X + 1, p.Y));
            open.Push((p.X, p.Y - 1));
            open.Push((p.X, p.Y + 1));
        }

        return outside;
    }
}
