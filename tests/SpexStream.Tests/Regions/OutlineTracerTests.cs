using NetTopologySuite.Operation.Valid;
using SpexStream.Domain.Regions;
using Xunit;

namespace SpexStream.Tests.Regions;

public sealed class OutlineTracerTests
{
    public static TheoryData<int, double> Noises()
    {
        var data = new TheoryData<int, double>();
        for (var seed = 200; seed < 224; seed++)
        {
            data.Add(seed, 0.1 + ((seed - 200) * 0.035));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Noises))]
    public void Outlines_of_noise_are_valid_and_enclose_the_pixels(int seed, double density) =>
        AssertOutlines(Mask.Noise(seed, 90, 80, density));

    [Theory]
    [MemberData(nameof(SpecialMasks.All), MemberType = typeof(SpecialMasks))]
    public void Outlines_of_special_masks_are_valid_and_enclose_the_pixels(string name) =>
        AssertOutlines(SpecialMasks.Make(name));

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void Outlines_of_shapes_are_valid_and_enclose_the_pixels(int seed) =>
        AssertOutlines(Mask.Shapes(seed, 200, 150, 60));

    [Fact]
    public void A_pixel_has_four_corners_counter_clockwise_on_a_north_up_map()
    {
        var outline = new OutlineTracer().Trace([new(3, 5, 6)]);
        var ring = Assert.Single(Assert.Single(outline.Polygons).Rings);
        Assert.Equal([new(5, 4), new(6, 4), new(6, 3), new(5, 3)], ring.AsEnumerable());
    }

    [Fact]
    public void A_straight_edge_has_no_corners_in_between()
    {
        var outline = new OutlineTracer().Trace([new(0, 0, 9), new(1, 0, 9), new(2, 0, 9), new(3, 0, 4)]);
        Assert.Equal(6, outline.VertexCount);
    }

    [Fact]
    public void Pixels_that_meet_in_a_corner_are_two_polygons()
    {
        var outline = new OutlineTracer().Trace([new(0, 0, 1), new(1, 1, 2)]);
        Assert.Equal(2, outline.Polygons.Length);
        Assert.All(outline.Polygons, polygon => Assert.Equal(4, polygon.VertexCount));
    }

    [Fact]
    public void Holes_that_meet_in_a_corner_are_two_rings()
    {
        var outline = new OutlineTracer().Trace(
            [new(0, 0, 4), new(1, 0, 1), new(1, 2, 4), new(2, 0, 2), new(2, 3, 4), new(3, 0, 4)]);
        Assert.Equal(3, Assert.Single(outline.Polygons).Rings.Length);
    }

    private static void AssertOutlines(Mask mask)
    {
        using var scene = new LabelledScene(mask, 64);
        var reader = scene.Reader();
        for (var rank = 0; rank < reader.Count; rank++)
        {
            var facts = reader.Facts(rank);
            var outline = reader.Outline(rank);
            var geometry = Geometries.Of(outline);
            var check = new IsValidOp(geometry);
            Assert.True(check.IsValid, $"{facts.Id}: {check.ValidationError}");
            Assert.Equal(facts.Pixels, geometry.Area);
            Assert.Equal(facts.Pixels, outline.Area);
            Assert.All(outline.Polygons, polygon => Assert.All(polygon.Rings, AssertOnlyTurns));
            Assert.Equal(facts.Bounds.Column, geometry.EnvelopeInternal.MinX);
            Assert.Equal(facts.Bounds.Bottom, geometry.EnvelopeInternal.MaxY);
        }
    }

    private static void AssertOnlyTurns(System.Collections.Immutable.ImmutableArray<PixelCorner> ring)
    {
        for (var i = 0; i < ring.Length; i++)
        {
            var (a, b, c) = (ring[i], ring[(i + 1) % ring.Length], ring[(i + 2) % ring.Length]);
            Assert.True((a.X == b.X) != (a.Y == b.Y), "edges follow the pixel grid");
            Assert.True((a.X == b.X) != (b.X == c.X), "every corner is a turn");
        }
    }
}
