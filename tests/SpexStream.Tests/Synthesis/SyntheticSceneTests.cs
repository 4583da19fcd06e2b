using SpexStream.Domain.Grid;
using SpexStream.Domain.Synthesis;
using Xunit;

namespace SpexStream.Tests.Synthesis;

public sealed class SyntheticSceneTests
{
    [Fact]
    public void The_same_seed_gives_the_same_pixels_and_truth()
    {
        var (first, second) = (new MadeScene(7, 200, 150), new MadeScene(7, 200, 150));

        Assert.True(first.Bands.AsSpan().SequenceEqual(second.Bands));
        Assert.True(first.Truth.AsSpan().SequenceEqual(second.Truth));
    }

    [Fact]
    public void Another_seed_gives_another_landscape()
    {
        var (first, second) = (new MadeScene(7, 200, 150), new MadeScene(8, 200, 150));

        var different = first.Truth.Zip(second.Truth).Count(pair => pair.First != pair.Second);
        Assert.InRange(different / (double)first.Truth.Length, 0.2, 1);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void A_window_has_the_same_pixels_however_the_scene_is_cut(int seed)
    {
        var whole = new MadeScene(seed, 701, 333);
        var random = new Random(seed);
        for (var trial = 0; trial < 25; trial++)
        {
            var corner = (Column: random.Next(0, 701), Row: random.Next(0, 333));
            var window = new PixelWindow(corner.Column, corner.Row, random.Next(1, 300), random.Next(1, 150))
                .Intersect(whole.Scene.Window);

            var (bands, truth) = MadeScene.Pixels(whole.Scene, window);

            Assert.True(Agrees(whole, window, bands, truth), $"seed {seed}, window {window}");
        }
    }

    [Fact]
    public void Strips_made_on_several_threads_are_the_strips_of_the_whole()
    {
        var whole = new MadeScene(5, 400, 290);
        var scene = SyntheticScene.Create(whole.Scene.Options with { Strips = 7 });
        var agree = new bool[7];

        Parallel.For(0, 7, i =>
        {
            var (bands, truth) = MadeScene.Pixels(scene, scene.Strips[i]);
            agree[i] = Agrees(whole, scene.Strips[i], bands, truth);
        });

        Assert.All(agree, Assert.True);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(65, 97)]
    [InlineData(333, 64)]
    [InlineData(64, 901)]
    public void Small_and_odd_sizes_have_land_water_and_nodata(int width, int height)
    {
        for (var seed = -3; seed < 5; seed++)
        {
            var made = new MadeScene(seed, width, height);

            Assert.InRange(made.ShareOf(TruthCode.Water), 0.02, 0.5);
            Assert.InRange(made.ShareOf(TruthCode.Vegetation), 0.1, 0.9);
            Assert.InRange(made.ShareOf(TruthCode.Nodata), 0.03, 0.3);
        }
    }

    [Fact]
    public void Strips_cover_the_rows_once_and_differ_by_one_row_at_most()
    {
        var scene = SyntheticScene.Create(new() { Width = 64, Height = 101, Strips = 7 });

        Assert.Equal(Enumerable.Range(0, 101), scene.Strips.SelectMany(s => Enumerable.Range(s.Row, s.Height)));
        Assert.All(scene.Strips, strip => Assert.InRange(strip.Height, 14, 15));
    }

    [Fact]
    public void Rows_are_sensed_one_after_the_other_at_ground_speed()
    {
        var scene = SyntheticScene.Create(new() { Width = 64, Height = 670 });

        Assert.Equal(scene.Options.AcquiredFrom, scene.SensedAt(0));
        Assert.Equal(1.0, (scene.SensedAt(670) - scene.SensedAt(0)).TotalSeconds, 6);
    }

    [Fact]
    public void The_grid_is_north_up_in_metres()
    {
        var scene = SyntheticScene.Create(new() { PixelSizeMetres = 20 });

        var (x, y) = scene.Grid.ToCrs(1, 1);
        Assert.Equal((20, -20), (x - scene.Grid.OriginX, y - scene.Grid.OriginY));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        foreach (var wrong in new SynthesisOptions[]
        {
            new() { Width = 63 }, new() { Height = 70_000 }, new() { PixelSizeMetres = 0 }, new() { Strips = 0 },
            new() { Height = 64, Strips = 65 }, new() { SunElevationDegrees = 5 },
        })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticScene.Create(wrong));
        }
    }

    [Fact]
    public void A_window_that_leaves_the_scene_or_does_not_fit_the_spans_is_refused()
    {
        var scene = SyntheticScene.Create(new() { Width = 64, Height = 64, Strips = 1 });

        Assert.Throws<ArgumentException>(() => scene.Fill(new(60, 0, 5, 1), new ushort[30], new byte[5]));
        Assert.Throws<ArgumentException>(() => scene.Fill(new(0, 0, 0, 1), [], []));
        Assert.Throws<ArgumentException>(() => scene.Fill(new(0, 0, 5, 1), new ushort[29], new byte[5]));
        Assert.Throws<ArgumentException>(() => scene.Fill(new(0, 0, 5, 1), new ushort[30], new byte[4]));
    }

    private static bool Agrees(MadeScene whole, PixelWindow window, ushort[] bands, byte[] truth)
    {
        var width = whole.Scene.Options.Width;
        for (var y = 0; y < window.Height; y++)
        {
            for (var x = 0; x < window.Width; x++)
            {
                var here = (y * window.Width) + x;
                var there = ((window.Row + y) * width) + window.Column + x;
                if (truth[here] != whole.Truth[there])
                {
                    return false;
                }

                for (var band = 0; band < SyntheticScene.BandCount; band++)
                {
                    if (bands[(band * window.Area) + here] != whole.Bands[(band * whole.Truth.Length) + there])
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }
}
