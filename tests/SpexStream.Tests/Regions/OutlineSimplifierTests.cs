using NetTopologySuite.Algorithm.Distance;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;
using SpexStream.Domain.Regions;
using Xunit;

namespace SpexStream.Tests.Regions;

public sealed class OutlineSimplifierTests
{
    public static TheoryData<int, double> Cases()
    {
        var data = new TheoryData<int, double>();
        for (var seed = 900; seed < 912; seed++)
        {
            data.Add(seed, 0.35 + ((seed - 900) * 0.05));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_simplified_outline_is_valid_near_and_has_no_new_corner(int seed, double density)
    {
        var simplified = 0;
        foreach (var outline in Outlines(seed, density))
        {
            foreach (var tolerance in new[] { 0.75, 1.5, 4 })
            {
                var simple = OutlineSimplifier.Simplify(outline, tolerance);
                AssertValid(simple);
                Assert.True(simple.VertexCount <= outline.VertexCount);
                Assert.Equal(outline.Polygons.Length, simple.Polygons.Length);
                var distance = DiscreteHausdorffDistance.Distance(Exteriors(outline), Exteriors(simple));
                Assert.InRange(distance, 0, MostDistance(outline, tolerance));
                var corners = AllCorners(outline);
                Assert.All(AllCorners(simple), corner => Assert.Contains(corner, corners));
                simplified += simple.VertexCount < outline.VertexCount ? 1 : 0;
            }
        }

        Assert.True(simplified > 0, "some outline lost corners");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_bound_on_the_corners_is_kept_and_the_outline_is_valid(int seed, double density)
    {
        foreach (var outline in Outlines(seed, density))
        {
            foreach (var most in new[] { 3, 4, 10, 60 })
            {
                var simple = OutlineSimplifier.AtMost(outline, most);
                Assert.InRange(simple.VertexCount, 3, most);
                AssertValid(simple);
            }
        }
    }

    [Fact]
    public void Steps_become_a_straight_line()
    {
        var outline = new OutlineTracer().Trace([.. Enumerable.Range(0, 40).Select(y => new RegionRun(y, 0, y + 1))]);
        Assert.Equal(82, outline.VertexCount);
        Assert.InRange(OutlineSimplifier.Simplify(outline, 1).VertexCount, 3, 5);
    }

    [Fact]
    public void A_hole_stays_when_it_is_wider_than_the_tolerance()
    {
        var outline = new OutlineTracer().Trace(
        [
            new(0, 0, 30),
            .. Enumerable.Range(1, 10).SelectMany(y => new RegionRun[] { new(y, 0, 10), new(y, 20, 30) }),
            new(11, 0, 30),
        ]);
        Assert.Equal(2, Assert.Single(OutlineSimplifier.Simplify(outline, 2).Polygons).Rings.Length);
        Assert.Single(Assert.Single(OutlineSimplifier.AtMost(outline, 4).Polygons).Rings);
    }

    [Fact]
    public void Holes_in_a_bump_are_not_left_outside_when_the_bump_could_go()
    {
        // Two holes that touch keep their corners at any tolerance, so the bump below the block must stay around them.
        var outline = new OutlineTracer().Trace(
        [
            .. Enumerable.Range(0, 20).Select(y => new RegionRun(y, 0, 40)),
            new(20, 15, 25), new(21, 15, 18), new(21, 19, 25), new(22, 15, 19), new(22, 20, 25), new(23, 15, 25),
        ]);
        var simple = OutlineSimplifier.Simplify(outline, 5);
        AssertValid(simple);
        Assert.Equal(3, Assert.Single(simple.Polygons).Rings.Length);
    }

    [Fact]
    public void No_tolerance_changes_nothing()
    {
        var outline = new OutlineTracer().Trace([new(0, 0, 4), new(1, 2, 9)]);
        Assert.Same(outline, OutlineSimplifier.Simplify(outline, 0));
        Assert.Same(outline, OutlineSimplifier.AtMost(outline, outline.VertexCount));
    }

    private static IEnumerable<RegionOutline> Outlines(int seed, double density)
    {
        var mask = seed % 2 == 0 ? Mask.Noise(seed, 70, 60, density) : Mask.Shapes(seed, 120, 90, 40);
        using var scene = new LabelledScene(mask, 64);
        var reader = scene.Reader();
        for (var rank = 0; rank < Math.Min(reader.Count, 30); rank++)
        {
            yield return reader.Outline(rank);
        }
    }

    // A polygon that collapses becomes its hull, which keeps within its own width; only tiny ones do.
    private static double MostDistance(RegionOutline outline, double tolerance) =>
        outline.Polygons.Any(p => p.Rings[0].Length <= 8) ? double.MaxValue : (2 * tolerance) + 1e-9;

    private static MultiPolygon Exteriors(RegionOutline outline) =>
        Geometries.Of(new([.. outline.Polygons.Select(polygon => new OutlinePolygon([polygon.Rings[0]]))]));

    private static HashSet<PixelCorner> AllCorners(RegionOutline outline) =>
        [.. outline.Polygons.SelectMany(polygon => polygon.Rings).SelectMany(ring => ring)];

    private static void AssertValid(RegionOutline outline)
    {
        var check = new IsValidOp(Geometries.Of(outline));
        Assert.True(check.IsValid, check.ValidationError?.ToString());
    }
}
