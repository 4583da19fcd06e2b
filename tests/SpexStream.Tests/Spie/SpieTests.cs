using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Spie;
using SpexStream.Tests.Regions;
using Xunit;

namespace SpexStream.Tests.Spie;

public sealed class SpieTests
{
    private static readonly PixelWindow Image = new(0, 0, 512, 512);

    [Fact]
    public void A_block_is_described_by_hand_computed_values()
    {
        // Columns 100..199, rows 50..99; contour from (100,50) to (199,99), centroid (149.5, 74.5) cut to (149, 74).
        var spie = new SpieDescriber().Describe(
            [.. Enumerable.Range(50, 50).Select(row => new RegionRun(row, 100, 200))], Image);
        Assert.Equal("large", spie.Size);
        Assert.Equal(new PixelPoint(0.291, 0.145), spie.Centroid);
        Assert.Equal("top-left", spie.Location);
        Assert.Equal(
            [new(0.195, 0.098), new(0.389, 0.098), new(0.389, 0.193), new(0.195, 0.193)], spie.Box.AsEnumerable());
    }

    [Fact]
    public void A_single_pixel_keeps_its_own_place()
    {
        var spie = new SpieDescriber().Describe([new(345, 468, 469)], Image);
        Assert.Equal("very tiny", spie.Size);
        Assert.Equal(new PixelPoint(0.914, 0.674), spie.Centroid);
        Assert.Equal("bottom-right", spie.Location);
        Assert.All(spie.Box, corner => Assert.Equal(new PixelPoint(0.914, 0.674), corner));
    }

    [Fact]
    public void A_line_takes_the_mean_of_its_pixels()
    {
        var spie = new SpieDescriber().Describe([new(256, 200, 301)], Image);
        Assert.Equal(new PixelPoint(0.488, 0.5), spie.Centroid);
        Assert.Equal("center", spie.Location);
    }

    [Fact]
    public void A_whole_picture_ends_at_its_last_pixel()
    {
        var spie = new SpieDescriber().Describe(
            [.. Enumerable.Range(0, 512).Select(row => new RegionRun(row, 0, 512))], Image);
        Assert.Equal("huge", spie.Size);
        Assert.Equal([new(0, 0), new(0.998, 0), new(0.998, 0.998), new(0, 0.998)], spie.Box.AsEnumerable());
        Assert.Equal(new PixelPoint(0.498, 0.498), spie.Centroid);
    }

    [Fact]
    public void A_scene_that_is_not_square_has_fractions_of_its_own_sides()
    {
        var spie = new SpieDescriber().Describe([new(99, 199, 200)], new(0, 0, 400, 100));
        Assert.Equal(new PixelPoint(0.497, 0.99), spie.Centroid);
        Assert.Equal("bottom-center", spie.Location);
    }

    [Fact]
    public void Corners_outside_of_the_picture_are_clipped_after_ordering()
    {
        var box = SpieBox.Fractions([new(600, 30.9), new(-5.5, 20), new(10.7, -3), new(500, 520.2)], 512, 512);
        Assert.Equal([new(0, 0.039), new(0.02, 0), new(1, 0.059), new(0.977, 1)], box.AsEnumerable());
    }

    [Theory]
    [InlineData(0.0015, "small")]
    [InlineData(0.00149, "very tiny")]
    [InlineData(0.00499, "small")]
    [InlineData(0.005, "medium")]
    [InlineData(0.0075, "somewhat large")]
    [InlineData(0.0080, "somewhat large")]
    [InlineData(0.0051, "medium")]
    [InlineData(0.01, "large")]
    [InlineData(0.0207, "large")]
    [InlineData(0.2998, "huge")]
    public void Size_words_follow_the_published_examples(double share, string word) =>
        Assert.Equal(word, SpieWords.Size((long)Math.Round(share * 1_000_000), 1_000_000));

    [Theory]
    [InlineData(0, 0, "top-left")]
    [InlineData(170, 170, "top-left")]
    [InlineData(171, 170, "top-center")]
    [InlineData(342, 170, "top-right")]
    [InlineData(170, 171, "middle-left")]
    [InlineData(256, 256, "center")]
    [InlineData(342, 341, "middle-right")]
    [InlineData(0, 342, "bottom-left")]
    [InlineData(511, 511, "bottom-right")]
    public void Places_are_thirds_of_the_picture(int x, int y, string word) =>
        Assert.Equal(word, SpieWords.Location(x, y, 512, 512));

    [Fact]
    public void A_list_reads_as_Python_prints_it()
    {
        var spie = new SpieDescriber().Describe([new(246, 0, 1)], Image);
        Assert.Equal(
            "[{'Size of area': 'very tiny', 'Centroid': [0.0, 0.48], 'Location': 'middle-left', "
            + "'Bounding box': [[0.0, 0.48], [0.0, 0.48], [0.0, 0.48], [0.0, 0.48]]}]",
            SpiePrompt.AttributeList([spie]));
        Assert.Equal(2, SpiePrompt.AttributeList([spie, spie]).Split("}, {").Length);
    }

    [Fact]
    public void The_message_asks_for_the_class_and_carries_ten_regions_at_most()
    {
        var spie = new SpieDescriber().Describe([new(246, 0, 1)], Image);
        var message = SpiePrompt.Message(LandCoverClass.Water, Enumerable.Repeat(spie, 12));
        Assert.StartsWith(
            "<image>\nBased on the provided image and the attributes of the water bodies regions, "
            + "please provide a detailed description of them:[{'Size of area'",
            message,
            StringComparison.Ordinal);
        Assert.Equal(11, message.Split("'Location'").Length);
    }

    [Fact]
    public void A_tile_is_described_as_the_model_sees_it()
    {
        var mask = new Mask(128, 128);
        mask.Each((x, y) => (y is >= 70 and < 90 && x >= 60) || (x, y) is (70, 100) ? CoverCode.Water : CoverCode.Land);
        using var scene = new LabelledScene(mask, 64);
        var regions = TileSpie.Describe(scene.Read(new(1, 1)), LandCoverClass.Water, 64);
        Assert.Equal(2, regions.Length);
        Assert.Equal(("huge", "top-center"), (regions[0].Size, regions[0].Location));
        Assert.Equal(new PixelPoint(0, 0.094), regions[0].Box[0]);
        Assert.Equal(new PixelPoint(0.094, 0.562), regions[1].Centroid);
    }
}
