using System.Numerics;
using System.Runtime.InteropServices;
using SpexStream.Domain.Imagery;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Packs;
using SpexStream.Inference.Segmentation;
using Xunit;

namespace SpexStream.Tests.Inference;

/// <summary>What a model is fed: scaled by the radiometry, clipped, normalised, mirrored at the edges.</summary>
public sealed unsafe class NormalisationTests
{
    private const int Edge = 48;

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Numbers_are_what_the_formula_says(int seed)
    {
        var random = new Random(seed);
        var type = (PixelType)random.Next(4);
        var (scale, offset) = ((random.NextDouble() * 0.01) + 1e-4, random.NextDouble() - 0.5);
        var scaling = Scaling(random);
        var (width, height) = (random.Next(1, 70), random.Next(1, 70));
        var scene = new TestScene(
            width, height, TestScene.Reflectance(type, scale, offset, null, "green", "nir"),
            (band, x, y) => type == PixelType.UInt8
                ? ((x * 7) + (y * 3) + (band * 90)) % 256 : ((x * 701) + (y * 39) + (band * 901)) % 30000);
        var reflectance = random.Next(2) == 0;
        var feed = new PixelFeed(scene.Imagery, Input(reflectance, ElementType.Float32, scaling));
        var (column, row) = (random.Next(-40, width), random.Next(-40, height));
        column = Math.Max(column, 1 - Edge);
        row = Math.Max(row, 1 - Edge);

        var fed = Feed(feed, scene, column, row);

        for (var i = 0; i < fed.Length; i++)
        {
            var (x, y) = (Mirror.At(column + (i % Edge), 0, width), Mirror.At(row + (i / Edge % Edge), 0, height));
            // The model wants nir first.
            var sample = scene.At(1 - (i / (Edge * Edge)), x, y);
            var value = reflectance ? (sample * scale) + offset : sample;
            var expected = (Math.Clamp(value, scaling.Least, scaling.Most) - scaling.Subtract) / scaling.Divide;
            Assert.True(
                Math.Abs(expected - fed[i]) <= 1e-5 * Math.Max(
                    1, Math.Max(Math.Abs(expected), Math.Abs(value / scaling.Divide))),
                $"seed {seed}, {type}, number {i}: {fed[i]} instead of {expected}");
        }
    }

    [Fact]
    public void What_was_not_measured_is_fed_as_nought_also_in_the_mirror()
    {
        var scene = new TestScene(
            20, 20, TestScene.Reflectance(PixelType.UInt16, 1, 0, 9, "green", "nir"),
                (_, x, y) => x == 2 || y == 3 ? 9 : 100);
        var feed = new PixelFeed(scene.Imagery, Input(true, ElementType.Float32, new BandScaling(0, 50, -1, 1)));

        var fed = Feed(feed, scene, -10, -10);

        for (var i = 0; i < Edge * Edge; i++)
        {
            var (x, y) = (Mirror.At((i % Edge) - 10, 0, 20), Mirror.At((i / Edge) - 10, 0, 20));
            Assert.Equal(x == 2 || y == 3 ? 0 : 51, fed[i]);
        }
    }

    [Fact]
    public void Half_precision_is_the_nearest_to_full_precision()
    {
        var scene = new TestScene(
            30, 30, TestScene.Reflectance(PixelType.UInt16, 0.0001, 0, null, "green", "nir"),
                (band, x, y) => (x * 331) + (y * 17) + band);
        var full = Feed(
            new PixelFeed(scene.Imagery, Input(true, ElementType.Float32, BandScaling.None)), scene, -3, -3);
        var half = Feed(new PixelFeed(scene.Imagery, Input(true, ElementType.Float16, BandScaling.None)), scene, -3, -3,
            isHalf: true);

        Assert.Equal(full.Select(value => (float)(Half)value), half);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(-4, 4)]
    [InlineData(-5, 3)]
    [InlineData(5, 3)]
    [InlineData(8, 0)]
    [InlineData(9, 1)]
    public void The_mirror_stands_on_the_last_pixel(int pixel, int expected) =>
        Assert.Equal(expected, Mirror.At(pixel, 0, 5));

    [Fact]
    public void Weights_of_windows_that_meet_add_up_to_one()
    {
        var weights = BlendWeights.Of(64, 8);
        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(1, weights[48 + i] + weights[i], 1e-6);
        }

        Assert.All(weights[16..48], weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void Our_exponential_is_that_of_the_library()
    {
        for (var x = -87f; x < 88; x += 0.0137f)
        {
            var (expected, found) = (Math.Exp(x), Exponential.Of(new Vector<float>(x))[0]);
            Assert.True(Math.Abs(found - expected) <= expected * (1e-6 + (1e-7 * Math.Abs(x))),
                $"e^{x}: {found} instead of {expected}");
        }

        Assert.Equal(1, Exponential.Of(Vector<float>.Zero)[0]);
        Assert.True(float.IsNaN(Exponential.Of(new Vector<float>(float.NaN))[0]));
        Assert.True(Exponential.Of(new Vector<float>(float.NegativeInfinity))[0] < 1e-37);
    }

    private static BandScaling Scaling(Random random)
    {
        var none = BandScaling.None;
        return random.Next(4) switch
        {
            0 => none,
            1 => none with { Subtract = random.NextDouble(), Divide = random.NextDouble() + 0.1 },
            2 => new(0.05, 1, 0.2, -0.3),
            _ => new(-1, random.NextDouble() * 100, random.NextDouble(), 0.2),
        };
    }

    private static PackInput Input(bool reflectance, ElementType type, BandScaling scaling) =>
        new("pixels", ["nir", "green"], null, null, type, reflectance, [scaling, scaling]);

    private static float[] Feed(PixelFeed feed, TestScene scene, int column, int row, bool isHalf = false)
    {
        var core = new Domain.Grid.PixelWindow(0, 0, scene.Width, scene.Height);
        using var pixels = scene.Read(core, 3);
        const int Count = 2 * Edge * Edge;
        var memory = (byte*)NativeMemory.AllocZeroed(Count + 64, sizeof(float));
        var scratch = (float*)NativeMemory.AllocZeroed((2 * Edge) + 64, sizeof(float));
        try
        {
            feed.Write(pixels, column, row, Edge, memory, scratch);
            return isHalf
                ? [.. new ReadOnlySpan<Half>(memory, Count).ToArray().Select(value => (float)value)]
                : new ReadOnlySpan<float>(memory, Count).ToArray();
        }
        finally
        {
            NativeMemory.Free(memory);
            NativeMemory.Free(scratch);
        }
    }
}
