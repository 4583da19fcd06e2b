using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using Xunit;

namespace SpexStream.Tests.Inference;

/// <summary>A network answers the same of a pixel whatever the tiles and windows.</summary>
public sealed class SeamTests
{
    private const double Scale = 0.0001;
    private const int Seed = 20260504;
    private static readonly string[] Bands = ["blue", "green", "red", "nir"];

    private static TestScene Scene { get; } = new(
        300, 212, TestScene.Reflectance(PixelType.UInt16, Scale, 0, null, Bands), TestScene.Hills(Seed));

    [Fact]
    public void Tiles_of_a_network_are_cut_so_that_they_equal_the_whole_picture_at_once()
    {
        using var pack = TestPack.UNet(Seed);
        using var small = pack.Load(tileSize: 64);
        using var large = pack.Load(tileSize: 512);
        Assert.Equal(16, small.ReachPixels);

        var whole = Scene.Classify(Backend(large), 512);
        var tiled = Scene.Classify(Backend(small), 64);

        AssertMixed(whole.Codes);
        Assert.Equal(whole.Codes, tiled.Codes);
        AssertClose(whole.Water, tiled.Water);
    }

    [Fact]
    public void The_whole_picture_equals_the_bare_network_on_the_mirrored_picture()
    {
        using var pack = TestPack.UNet(Seed);
        using var model = pack.Load(tileSize: 512);
        const int Margin = 20;
        var (width, height) = (Scene.Width + (2 * Margin), Scene.Height + (2 * Margin));
        var logits = pack.Run(Scene.Mirrored(Margin, Scale), 1, 4, height, width);

        var codes = Scene.Codes(Backend(model), 512);

        byte[] meaning = [CoverCode.Land, CoverCode.Water, CoverCode.Vegetation];
        var unlike = 0;
        for (var i = 0; i < codes.Length; i++)
        {
            var at = (((i / Scene.Width) + Margin) * width) + (i % Scene.Width) + Margin;
            var values = Enumerable.Range(0, 3).Select(c => logits[(c * width * height) + at]).ToArray();
            var isClose = values.Order().Skip(1).ToArray() is var top && top[1] - top[0] < 1e-4;
            unlike += codes[i] != meaning[Array.IndexOf(values, values.Max())] && !isClose ? 1 : 0;
        }

        Assert.Equal(0, unlike);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(512)]
    public void Windows_smaller_than_a_tile_equal_the_whole_picture_at_once(int tile)
    {
        using var whole = TestPack.UNet(Seed);
        using var pack = TestPack.UNet(Seed).Windows(80, 16, blend: false);
        using var large = whole.Load(tileSize: 512);
        using var model = pack.Load(tile);

        Assert.Equal(Scene.Codes(Backend(large), 512), Scene.Codes(Backend(model), tile));
    }

    [Fact]
    public void Too_little_overlap_shows_at_the_seams()
    {
        using var whole = TestPack.UNet(Seed);
        using var pack = TestPack.UNet(Seed, overlap: 0);
        using var large = whole.Load(tileSize: 512);
        using var model = pack.Load(tileSize: 64);

        Assert.NotEqual(Scene.Codes(Backend(large), 512), Scene.Codes(Backend(model), 64));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Blended_windows_give_the_same_whatever_the_tiles(int overlap)
    {
        using var pack = TestPack.UNet(Seed).Windows(64, overlap, blend: true);
        using var small = pack.Load(tileSize: 64);
        using var large = pack.Load(tileSize: 512);
        Assert.Equal(63, small.ReachPixels);

        var tiled = Scene.Classify(Backend(small), 64);
        var whole = Scene.Classify(Backend(large), 512);

        AssertMixed(whole.Codes);
        Assert.Equal(whole.Codes, tiled.Codes);
        Assert.Equal(whole.Water, tiled.Water);
    }

    [Fact]
    public void Blended_windows_with_enough_overlap_are_close_to_the_whole_picture()
    {
        using var whole = TestPack.UNet(Seed);
        using var pack = TestPack.UNet(Seed).Windows(96, 16, blend: true);
        using var large = whole.Load(tileSize: 512);
        using var model = pack.Load(tileSize: 128);

        var expected = Scene.Codes(Backend(large), 512);
        var found = Scene.Codes(Backend(model), 128);

        // Near its edges a window sees zeros, and that counts a little.
        Assert.InRange(expected.Zip(found).Count(pair => pair.First != pair.Second), 0, expected.Length / 20);
    }

    private static ILearnedBackend Backend(Domain.Ports.Models.ITileModel model) =>
        model.BackendFor(
            Scene.Imagery, new LearnedOptions { Classes = [LandCoverClass.Water, LandCoverClass.Vegetation] });

    private static void AssertMixed(byte[] codes) =>
        Assert.All([CoverCode.Land, CoverCode.Water, CoverCode.Vegetation], code => Assert.InRange(
            codes.Count(one => one == code), codes.Length / 200, codes.Length));

    private static void AssertClose(byte[] expected, byte[] found) =>
        Assert.All(expected.Zip(found), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
}
