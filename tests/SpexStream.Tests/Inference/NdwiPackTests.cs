using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using Xunit;

namespace SpexStream.Tests.Inference;

/// <summary>A model that computes an index and a threshold gives what the rule gives, pixel for pixel.</summary>
public sealed class NdwiPackTests
{
    private const int Seed = 20260505;
    private const float Threshold = 0.1f;
    private static readonly string[] Bands = ["nir", "red", "green"];

    [Theory]
    [InlineData(PixelType.UInt8, 0.004, 64)]
    [InlineData(PixelType.UInt16, 0.0001, 64)]
    [InlineData(PixelType.UInt16, 0.0001, 128)]
    [InlineData(PixelType.Int16, 0.0001, 512)]
    [InlineData(PixelType.Float32, 1, 64)]
    public void The_model_path_equals_the_rule_pixel_for_pixel(PixelType type, double scale, int tile)
    {
        var scene = Scene(type, scale, nodata: null);
        using var pack = TestPack.Ndwi(Threshold);
        using var model = pack.Load(tile);

        var codes = scene.Codes(Backend(model, scene), tile);

        var expected = Rule(scene, (float)scale);
        Assert.Equal(expected, codes);
        Assert.InRange(codes.Count(code => code == CoverCode.Water), codes.Length / 10, codes.Length * 9 / 10);
    }

    [Fact]
    public void Half_precision_differs_only_where_the_index_is_at_the_threshold()
    {
        var scene = Scene(PixelType.UInt16, 0.0001, nodata: null);
        using var pack = TestPack.Ndwi(Threshold, "float16");
        using var model = pack.Load();

        var codes = scene.Codes(Backend(model, scene), 64);

        var expected = Rule(scene, 0.0001f);
        for (var i = 0; i < codes.Length; i++)
        {
            var (green, nir) = (
                scene.At(2, i % scene.Width, i / scene.Width), scene.At(0, i % scene.Width, i / scene.Width));
            Assert.True(
                codes[i] == expected[i] || Math.Abs(((green - nir) / (green + nir)) - Threshold) < 0.002, $"pixel {i}");
        }
    }

    [Theory]
    [InlineData(PixelType.UInt16, 0.0)]
    [InlineData(PixelType.Float32, double.NaN)]
    public void Nodata_is_carried_and_does_not_change_its_neighbours(PixelType type, double nodata)
    {
        var scene = Scene(type, 0.0001, nodata);
        using var pack = TestPack.Ndwi(Threshold);
        using var model = pack.Load();

        var (codes, confidence) = scene.Classify(Backend(model, scene), 64);

        var expected = Rule(scene, 0.0001f);
        for (var i = 0; i < codes.Length; i++)
        {
            var isHole = IsHole(i % scene.Width, i / scene.Width);
            Assert.Equal(isHole ? CoverCode.Nodata : expected[i], codes[i]);
            Assert.Equal(isHole ? (byte)255 : (byte)100, confidence[i]);
        }
    }

    [Fact]
    public void A_tile_without_a_measured_pixel_is_answered_without_the_model()
    {
        var scene = new TestScene(
            64, 64, TestScene.Reflectance(PixelType.UInt16, 0.0001, 0, 0, Bands), (_, _, _) => 0);
        using var pack = TestPack.Ndwi(Threshold);
        using var model = pack.Load();
        var backend = Backend(model, scene);
        using var pixels = scene.Read(new(0, 0, 64, 64), backend.ReachPixels);
        using var evidence = new TileEvidence(64);

        Assert.Null(backend.Ask(pixels, backend.InitialFindings, evidence));
        Assert.All(scene.Codes(backend, 64), code => Assert.Equal(CoverCode.Nodata, code));
    }

    [Fact]
    public void A_batch_gives_each_tile_what_it_gets_alone()
    {
        var scene = Scene(PixelType.UInt16, 0.0001, nodata: null);
        using var pack = TestPack.Ndwi(Threshold);
        using var model = pack.Load();
        var backend = Backend(model, scene);
        using var session = model.Open(
            new ModelSessionOptions { Device = DeviceName.Cpu, BatchSize = 3, TileSize = 64 });
        using var batch = session.NewBatch();
        using var evidence = new TileEvidence(64);
        var expected = Rule(scene, 0.0001f);
        (int X, int Y)[] corners = [(0, 0), (64, 64), (128, 0)];

        // Twice, the second time with fewer tiles: what the first round left must not show.
        foreach (var round in new[] { corners, [corners[1], corners[0]] })
        {
            batch.Clear();
            foreach (var (x, y) in round)
            {
                using var pixels = scene.Read(new(x, y, 64, Math.Min(64, scene.Height - y)), backend.ReachPixels);
                batch.Add(pixels, backend.Ask(pixels, backend.InitialFindings, evidence)!);
            }

            session.Infer(batch);
            for (var slot = 0; slot < round.Length; slot++)
            {
                Assert.Empty(batch.Answer(slot, evidence));
                AssertEqual(expected, scene.Width, evidence);
            }
        }
    }

    [Fact]
    public void A_scene_without_the_bands_is_refused_with_their_names()
    {
        using var pack = TestPack.Ndwi(Threshold);
        using var model = pack.Load();

        var fault = Assert.Throws<ArgumentException>(() => model.BackendFor(
            TestScene.Reflectance(PixelType.UInt16, 0.0001, 0, null, "blue", "red"), Water));

        Assert.Equal("the model takes green,nir, and the bands blue,red lack green, nir", fault.Message);
    }

    [Fact]
    public void Counts_are_not_taken_for_reflectance()
    {
        using var pack = TestPack.Ndwi(Threshold);
        using var model = pack.Load();
        var raw = TestScene.Reflectance(PixelType.UInt16, 1, 0, null, "green", "nir") with
        {
            Radiometry = Radiometry.Uniform(2, null, null, null),
        };

        Assert.Contains("takes reflectance",
            Assert.Throws<ArgumentException>(() => model.BackendFor(raw, Water)).Message, StringComparison.Ordinal);
        pack.Input["spex:units"] = "counts";
        using var counting = pack.Load();
        Assert.NotNull(counting.BackendFor(raw, Water));
    }

    [Fact]
    public void A_class_that_the_model_does_not_know_is_said_in_the_remarks()
    {
        using var pack = TestPack.Ndwi(Threshold);
        using var model = pack.Load();
        var imagery = TestScene.Reflectance(PixelType.UInt16, 0.0001, 0, null, "green", "nir");

        var backend = model.BackendFor(
            imagery, Water with { Classes = [LandCoverClass.Water, LandCoverClass.Buildings] });

        Assert.Equal(["No buildings is told: the model does not know the class."],
            backend.InitialFindings.Remarks.AsEnumerable());
        Assert.Throws<ArgumentException>(
            () => model.BackendFor(imagery, Water with { Classes = [LandCoverClass.Buildings] }));
    }

    private static LearnedOptions Water { get; } = new() { Classes = [LandCoverClass.Water] };

    private static ILearnedBackend Backend(ITileModel model, TestScene scene) => model.BackendFor(scene.Imagery, Water);

    private static bool IsHole(int x, int y) => (x + (3 * y)) % 17 == 0 || x is > 60 and < 70;

    private static TestScene Scene(PixelType type, double scale, double? nodata)
    {
        var hills = TestScene.Hills(Seed);
        var most = type == PixelType.UInt8 ? 40.0 : 1;
        return new TestScene(
            193, 130, TestScene.Reflectance(type, scale, 0, nodata, Bands),
            (band, x, y) => nodata is { } hole && IsHole(x, y) ? hole : Math.Floor(hills(band, x, y) / most) + 1);
    }

    // Number by number as the graph has it, each rounded to float32.
    private static byte[] Rule(TestScene scene, float scale)
    {
        var codes = new byte[scene.Width * scene.Height];
        for (var i = 0; i < codes.Length; i++)
        {
            var green = (float)scene.At(2, i % scene.Width, i / scene.Width) * scale;
            var nir = (float)scene.At(0, i % scene.Width, i / scene.Width) * scale;
            codes[i] = (green - nir) / (green + nir) > Threshold ? CoverCode.Water : CoverCode.Land;
        }

        return codes;
    }

    private static unsafe void AssertEqual(byte[] expected, int width, TileEvidence evidence)
    {
        for (var y = 0; y < evidence.Core.Height; y++)
        {
            var row = expected.AsSpan(((evidence.Core.Row + y) * width) + evidence.Core.Column, evidence.Core.Width);
            Assert.True(row.SequenceEqual(new ReadOnlySpan<byte>(evidence.Codes(y), evidence.Core.Width)),
                $"row {y} of {evidence.Core}");
        }
    }
}
